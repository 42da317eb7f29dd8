"""One migrated database for a run of the tests: each of its workers gets a copy.

Migrating costs a worker some ten seconds, a copy a tenth of one. Tests that commit empty it behind
them.
"""

import fcntl
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql


def copy_of_one(shared: Path) -> str:
    """Let Django make this worker's database as a copy; return the name of the one copied.

    ``shared`` is a folder of all workers of this run: the first to come migrates, others wait.
    """
    test = connection.settings_dict["TEST"]
    name = f"test_{connection.settings_dict['NAME']}_template"
    made = shared / "database-made"
    with (shared / "database-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _migrate(name)
            made.touch()
    test["TEMPLATE"], test["MIGRATE"] = name, False
    return name


def empty_by_row() -> None:
    """Let tests that commit delete the few rows that they wrote, instead of truncating.

    Truncating some eighty tables makes eighty new files and more for their indexes; a test fills
    some twenty of them with a few rows each. Rows that can't be deleted otherwise (the audit trail,
    what was published) go too: triggers and foreign keys are out of force meanwhile. For the class,
    not the connection: a test with a browser ends with another one than it began with.
    """
    DatabaseOperations.sql_flush = _deletions  # type: ignore[assignment, method-assign]


def _deletions(
    operations: DatabaseOperations, style: object, tables: Sequence[str], **options: Any
) -> list[str]:
    filled = [operations.quote_name(table) for table in _filled(operations.connection, tables)]
    deleting = [f"DELETE FROM {table}" for table in filled]  # noqa: S608 - names of models
    return ["SET LOCAL session_replication_role = replica", *deleting]


def _filled(database: BaseDatabaseWrapper, tables: Sequence[str]) -> list[str]:
    """Those of the tables that hold a row: one query."""
    asking = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM {database.ops.quote_name(table)})"  # noqa: S608 - names of models
        for table in tables
    )
    with database.cursor() as cursor:
        cursor.execute(asking)
        return [table for (table,) in cursor.fetchall()]


def remove(name: str) -> None:
    """Drop the database that was copied."""
    params = {**connection.get_connection_params(), "dbname": "postgres"}
    with psycopg.connect(**params, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _migrate(name: str) -> None:
    known, test = connection.settings_dict, connection.settings_dict["TEST"]
    own, of_worker = known["NAME"], test["NAME"]
    test["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()  # a database that somebody uses can't be copied
    known["NAME"], test["NAME"] = own, of_worker
