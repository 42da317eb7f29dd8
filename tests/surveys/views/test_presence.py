from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from surveys import presence
from surveys.models import Assignment
from tests.factories.accounts import person_at
from tests.factories.surveys import assignment

pytestmark = pytest.mark.django_db
Sign = Callable[..., str]


@pytest.fixture
def asked() -> Assignment:
    return assignment()


def sign(asked: Assignment, user: User, **facts: str) -> str:
    """What the person's page is told of the others."""
    client = Client()
    client.force_login(user)
    answer = client.post(f"/surveys/assignments/{asked.pk}/presence/", facts)
    assert answer.status_code == 200
    text: str = answer.json()["text"]
    return text


def test_each_is_told_of_the_others_and_where_they_are(asked: Assignment) -> None:
    first, second, third = (person_at(asked.organization) for _ in range(3))

    told = [
        sign(asked, first, section="s1"),
        sign(asked, second, section="s1"),
        sign(asked, third),
        sign(asked, first, section="s1"),
    ]

    assert told[0] == ""
    assert told[1] == f"ほかに開いている方：{first.name}さん（同じ節）"
    assert told[2] == (f"ほかに開いている方：{first.name}さん（体制）、{second.name}さん（体制）")
    assert told[3] == (f"ほかに開いている方：{second.name}さん（同じ節）、{third.name}さん（一覧）")


def test_who_leaves_is_gone_at_once(asked: Assignment) -> None:
    first, second = person_at(asked.organization), person_at(asked.organization)
    sign(asked, first, section="s1")

    sign(asked, first, section="s1", leaving="1")

    assert sign(asked, second, section="s1") == ""


def test_who_gives_no_sign_is_forgotten(asked: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = person_at(asked.organization), person_at(asked.organization)
    sign(asked, first, section="s1")

    monkeypatch.setattr(presence, "LASTS", -1)

    assert sign(asked, second, section="s1") == ""
    assert presence.BEAT + 20 < 30


def test_another_response_has_its_own_people(asked: Assignment) -> None:
    other = assignment()
    sign(asked, person_at(asked.organization), section="s1")

    assert sign(other, person_at(other.organization), section="s1") == ""
