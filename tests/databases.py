"""One migrated database for a run of the tests: each of its workers gets a copy.

Migrating costs a worker some ten seconds, a copy a tenth of one.
"""

import fcntl
from pathlib import Path

import psycopg
from django.db import connection
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
