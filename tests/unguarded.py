"""Negative controls: the database without one of its guards."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_unique(table: str, column: str) -> Iterator[None]:
    """Drop the column's unique constraint for a while; afterwards its values are emptied."""
    name, definition = _constraint(table, f"UNIQUE ({column})")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = NULL")  # noqa: S608 - names of a test
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _constraint(table: str, definition: str) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND pg_get_constraintdef(oid) = %s",
            [table, definition],
        )
        name, found = cursor.fetchone()
    return name, found
