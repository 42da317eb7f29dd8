"""The database's clock, moved: its own function is found behind one that tells another time."""

from datetime import datetime

from django.db import connection


def set_database_time(moment: datetime) -> None:
    """Let ``statement_timestamp()`` tell ``moment`` until the test's transaction is undone."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS moved_clock")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION moved_clock.statement_timestamp() RETURNS timestamptz"
            f" LANGUAGE sql STABLE AS $$ SELECT '{moment.isoformat()}'::timestamptz $$"
        )
        cursor.execute("SET LOCAL search_path = moved_clock, public, pg_catalog")
