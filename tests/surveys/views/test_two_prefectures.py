"""A person who belongs to two prefectures acts for the one that the address names."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from accounts.states import Role
from surveys.models import Assignment, PrefectureRound, ProxyEntry, Survey
from surveys.states import PrefecturePart
from tests.factories.accounts import person_at, window_of
from tests.factories.surveys import submitted
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db
CONSENT = {"consent_by": "総務課長", "consent_how": "電話で", "reason": "庁舎の被災"}


class Both:
    """One survey that two prefectures check, and a person who writes for both."""

    def __init__(self, client: Client) -> None:
        self.first, self.second = sorted((Area(), Area()), key=lambda area: area.prefecture.code)
        self.survey = self.first.survey
        villages = [*self.first.villages, *self.second.villages]
        Assignment.objects.filter(survey=self.second.survey).update(survey=self.survey)
        Survey.objects.update(prefecture_part=PrefecturePart.CHECK)
        self.asked = [Assignment.objects.get(organization=each) for each in villages]
        self.person: User = person_at(self.second.prefecture)
        Membership.objects.create(
            user=self.person, division=window_of(self.first.prefecture), roles=[Role.DRAFTER]
        )
        self.client = client
        client.force_login(self.person)

    def page(self, more: str = "", area: Area | None = None) -> str:
        query = f"?prefecture={area.prefecture.code}" if area else ""
        return f"/surveys/managed/{self.survey.pk}/municipalities/{more}{query}"

    def places(self, response: Any) -> list[Any]:
        return [one.organization for one in response.context["assignments"]]


@pytest.fixture
def both(client: Client) -> Both:
    return Both(client)


def test_the_list_names_the_one_that_it_shows_and_leads_to_the_other(both: Both) -> None:
    plain = both.client.get(both.page())
    named = both.client.get(both.page(area=both.second))

    assert [both.places(each) for each in (plain, named)] == [
        both.first.villages,
        both.second.villages,
    ]
    for shown, area in ((plain, both.first), (named, both.second)):
        assert f"管内の市区町村（{area.prefecture.name}）" in shown.content.decode()
        assert [tab["current"] for tab in shown.context["prefectures"]] == [
            each is area for each in (both.first, both.second)
        ]


def test_another_prefecture_is_not_found(both: Both) -> None:
    assert both.client.get(both.page(area=Area())).status_code == 404


def test_an_act_that_names_none_is_not_found(both: Both) -> None:
    answers = [
        both.client.post(both.page("confirmations/"), {"all": "1"}),
        both.client.post(both.page("note/"), {"note": "急いでください。", "revision": "0"}),
    ]

    assert [each.status_code for each in answers] == [404, 404]


def test_the_note_is_the_named_ones(both: Both) -> None:
    words = {"note": "急いでください。", "revision": "0"}

    answer = both.client.post(both.page("note/", both.second), words)

    assert answer.headers["Location"] == both.page(area=both.second)
    assert PrefectureRound.objects.get().prefecture == both.second.prefecture


def test_the_confirmation_is_the_named_ones(both: Both) -> None:
    for asked in both.asked:
        submitted(asked)
    before = timezone.now().isoformat()

    page = both.client.get(both.page("confirmations/", both.second))
    both.client.post(both.page("confirmations/", both.second), {"all": "1", "before": before})

    assert f'action="{both.page("confirmations/", both.second)}"' in page.content.decode()
    confirmed = Assignment.objects.filter(confirmed_at__isnull=False)
    assert [one.organization for one in confirmed] == both.second.villages


def test_a_response_is_its_own_prefectures_whatever_came_first(both: Both) -> None:
    """Neither checking nor writing by proxy needs a name: the municipality says which it is."""
    ours, theirs = both.asked
    submitted(theirs)

    checked = both.client.get(f"/surveys/assignments/{theirs.pk}/checking/")
    begun = both.client.post(both.page(f"{ours.pk}/proxy/", both.first), CONSENT)

    assert (checked.status_code, begun.status_code) == (200, 302)
    assert checked.context["area_url"] == both.page(area=both.second)
    assert ProxyEntry.objects.get().prefecture == both.first.prefecture
