"""Production starts with its secrets and without demo accounts, or not at all."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from onepublic.production import refuse_demo_accounts
from tests.factories.accounts import UserFactory

COMPLETE = {
    "SECRET_KEY": "x" * 50,
    "PORTAL_URL": "https://portal.example.jp",
    "ALLOWED_HOSTS": "portal.example.jp",
    "DATABASE_URL": "postgres://u:p@127.0.0.1/x",
    "REDIS_URL": "redis://127.0.0.1/0",
    "EMAIL_URL": "smtp://127.0.0.1:25",
}


def load_settings(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    program = "from onepublic import settings as s; print(s.MODE, s.DEMO, s.DEBUG)"
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**kept, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_mode_it_is_production() -> None:
    assert load_settings(COMPLETE).stdout == "production False False\n"


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_a_missing_secret_stops_the_start(missing: str) -> None:
    rest = {name: value for name, value in COMPLETE.items() if name != missing}

    result = load_settings(rest)

    assert result.returncode == 1
    assert f"{missing} must be set in production" in result.stderr


def test_a_short_key_stops_the_start() -> None:
    result = load_settings({**COMPLETE, "SECRET_KEY": "short"})

    assert "SECRET_KEY must have at least 50 characters" in result.stderr


@pytest.mark.django_db
def test_a_database_with_demo_accounts_is_not_opened_in_production(settings: Settings) -> None:
    UserFactory.create(is_demo=True)
    refuse_demo_accounts()

    settings.PRODUCTION = True

    with pytest.raises(ImproperlyConfigured, match="demo accounts"):
        refuse_demo_accounts()


@pytest.mark.django_db
def test_a_database_of_real_people_is_opened(settings: Settings) -> None:
    UserFactory.create()
    settings.PRODUCTION = True

    assert refuse_demo_accounts() is None  # type: ignore[func-returns-value]
