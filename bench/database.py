"""Django for benches, and a database that they may fill and that is gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.db import connection


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
