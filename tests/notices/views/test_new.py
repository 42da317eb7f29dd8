from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Division
from accounts.states import Role
from notices.models import Notice
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import drafter_of

pytestmark = pytest.mark.django_db
NEW = reverse("notices:new")


@pytest.fixture
def division() -> Division:
    return DivisionFactory.create()


def typed(division: Division, **changes: Any) -> dict[str, Any]:
    return {
        "division": division.pk,
        "key": "6f2c1c6e-7a54-4f0b-9d0c-0d7e4cb0a0a1",
        "category": "admin_message",
        "issued_on": "2026-11-23",
        "title": "=調査について",
        "importance": "normal",
        "action_asked": "inform",
        **changes,
    }


def test_it_makes_a_draft_and_shows_it(client: Client, division: Division) -> None:
    client.force_login(drafter_of(division))

    response = client.post(NEW, typed(division))

    notice = Notice.objects.get()
    assert response.headers["Location"] == reverse("notices:detail", args=[notice.pk])
    assert (notice.division, notice.versions.get().title) == (division, "=調査について")


def test_the_form_is_laid_out_and_offers_five_joint_divisions(
    client: Client, division: Division
) -> None:
    client.force_login(drafter_of(division))

    page = client.get(NEW).content.decode()

    assert page.count("<legend>種別・番号・発出元</legend>") == 1
    assert [page.count(f'<select id="id_joint_{number}"') for number in (1, 5, 6)] == [1, 1, 0]


def test_pressing_twice_makes_one_draft(client: Client, division: Division) -> None:
    client.force_login(drafter_of(division))

    answers = [client.post(NEW, typed(division)) for _ in range(2)]

    notice = Notice.objects.get()
    address = reverse("notices:detail", args=[notice.pk])
    assert [answer.headers["Location"] for answer in answers] == [address, address]


def test_what_was_typed_stays_when_something_is_wrong(client: Client, division: Division) -> None:
    client.force_login(drafter_of(division))

    response = client.post(NEW, typed(division, title="", body="あ" * 20_001))

    form = response.context["form"]
    assert set(form.errors) == {"title", "body"}
    assert form["body"].value() == "あ" * 20_001
    assert Notice.objects.count() == 0


def test_each_form_has_its_own_key(client: Client, division: Division) -> None:
    client.force_login(drafter_of(division))

    keys = {client.get(NEW).context["form"]["key"].value() for _ in range(2)}

    assert len(keys) == 2


def test_only_the_ministrys_drafters_begin(client: Client, division: Division) -> None:
    for person in (person_at(division, Role.APPROVER), person_at(OrganizationFactory.create())):
        client.force_login(person)
        assert client.get(NEW).status_code == 403
        assert client.post(NEW, typed(division)).status_code == 403

    assert Notice.objects.count() == 0
