"""Django for benches, and a database that they may fill and that is gone afterwards."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.db import connection

from bench.rounds import Clock


def prepare_django() -> None:
    """Set Django up, as the tests do, before any bench that imports a model is imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onepublic.settings")
    os.environ.setdefault("ONEPUBLIC_MODE", "test")
    django.setup()


@contextmanager
def scratch_database() -> Iterator[None]:
    """Within it, Django's connection leads to a migrated, empty database of its own.

    Its server is DATABASE_URL's; the database of that name is left alone.
    """
    name = connection.settings_dict["NAME"]
    test = connection.settings_dict["TEST"]
    usual = test["NAME"]
    test["NAME"] = f"bench_{name}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        test["NAME"] = usual


@contextmanager
def child_database() -> Iterator[None]:
    """Within it, processes that are started use the database of this process's connection."""
    before = os.environ["DATABASE_URL"]
    address = urlsplit(before)
    name = connection.settings_dict["NAME"]
    os.environ["DATABASE_URL"] = address._replace(path=f"/{name}").geturl()
    try:
        yield
    finally:
        os.environ["DATABASE_URL"] = before


def server_clock() -> tuple[Clock, str]:
    """CPU seconds of the server process of this connection, and the unit of a thousandth of
    them; elapsed ones where that can't be read.
    """
    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    if not server.exists():
        return time.perf_counter, "ms"
    return lambda: int(server.read_text().split()[0]) / 1e9, "CPU ms"
