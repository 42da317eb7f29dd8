import pytest
from django.db import connection

from bench.database import scratch_database

_DATABASES = "SELECT datname FROM pg_database WHERE datname LIKE 'bench\\_%%' ORDER BY datname"


def scratch_names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_DATABASES)
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_a_scratch_database_is_empty_and_vanishes() -> None:
    own = connection.settings_dict["NAME"]
    before = scratch_names()
    with scratch_database():
        assert connection.settings_dict["NAME"] == f"bench_{own}"
        assert "accounts_user" in connection.introspection.table_names()
    assert connection.settings_dict["NAME"] == own
    assert scratch_names() == before
