"""Every address × every role × every relation to the object behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker, Settings

from accounts.models import User
from tests.conftest import storages_in
from tests.matrix.table import TABLE, Row
from tests.matrix.world import ACTORS, World, build_world

# A script can't follow a redirect to a form: it is told, and keeps what was typed.
SPOKEN_TO_BY_SCRIPTS = {
    "surveys:answers",
    "surveys:presence",
    "notices:autosave",
    "notices:autosave_new",
    "surveys:question_autosave",
    "surveys:questionnaire_section_autosave",
    "surveys:questionnaire_condition_autosave",
    "surveys:questionnaire_calculation_autosave",
    "surveys:questionnaire_rule_autosave",
    "surveys:questionnaire_rule_new_autosave",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("matrix")


@pytest.fixture(autouse=True)
def files_root(place: Path, settings: Settings) -> Path:
    """The world's files, in place of a folder for each test."""
    settings.STORAGES = storages_in(place)
    return place


@pytest.fixture(scope="module")
def built(
    place: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    """The country, made once: each request is undone, and at the end the country itself."""
    with (
        override_settings(STORAGES=storages_in(place)),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    return built


@pytest.fixture(scope="module")
def sessions(built: World, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """The key of a session of each actor: signing in anew would take a third of each request."""
    with django_db_blocker.unblock():
        return {actor: signed_in(person) for actor, person in built.people.items()}


def signed_in(person: User) -> str:
    client = Client()
    client.force_login(person)
    key: str = client.cookies[settings.SESSION_COOKIE_NAME].value
    return key


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The full names of all addresses below the resolver."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from names(entry, space)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"an address without a name: {entry.pattern}"
            yield f"{prefix}{entry.name}"


def test_every_address_is_in_the_table() -> None:
    assert {row.name for row in TABLE} == set(names(get_resolver()))


def ask(row: Row, world: World, session: str = "") -> tuple[int, str]:
    """Status and target of the answer to whoever has the session, or has none; whatever it
    changed is undone.
    """
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    url = reverse(row.name, kwargs=row.arguments(world))
    with transaction.atomic():
        response = getattr(client, row.method)(url, row.form)
        transaction.set_rollback(True)
    if response.streaming:
        response.getvalue()  # read to its end, the file is closed
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.label)
def test_it_answers_each_actor_as_the_table_says(
    row: Row, world: World, sessions: dict[str, str]
) -> None:
    expected = row.expected()

    statuses = {actor: ask(row, world, sessions.get(actor, ""))[0] for actor in expected}

    assert statuses == expected


@pytest.mark.parametrize(
    "row", [row for row in TABLE if "anonymous" not in row.expected()], ids=lambda row: row.label
)
def test_signed_out_it_leads_to_the_sign_in_page(row: Row, world: World) -> None:
    status, target = ask(row, world)

    if row.name in SPOKEN_TO_BY_SCRIPTS:
        assert status == 401
    else:
        assert status == 302
        assert target.startswith(reverse("account_login"))


def test_the_table_names_every_actor() -> None:
    seen = {actor for row in TABLE for actor in row.expected()}

    assert seen == set(ACTORS)
