"""The database's clock: the one that decides what is in time."""

from datetime import datetime

from django.db import connection


def database_time() -> datetime:
    """The moment at which this question reached the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
