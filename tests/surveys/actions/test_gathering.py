from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from accounts.models import Division, User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Rendered, render
from surveys.actions import (
    close_survey,
    give_response_back,
    hand_response,
    hand_section,
)
from surveys.models import Assignment
from surveys.people import people_asked
from surveys.permissions import may_gather
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment, awaiting_approval, submitted
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """A town whose window has the response; its welfare division may be asked."""

    asked: Assignment
    welfare: Division
    window: User
    officer: User

    def hand(self) -> None:
        hand_response(self.asked, to=self.welfare, note="お願いします。", by=self.window)

    def now(self) -> Assignment:
        return Assignment.objects.with_survey().get(pk=self.asked.pk)


@pytest.fixture
def town() -> Town:
    organization = OrganizationFactory.create()
    welfare = DivisionFactory.create(organization=organization, name="福祉課")
    window, officer = person_at(organization), person_at(welfare, Role.DRAFTER)
    return Town(assignment(organization=organization), welfare, window, officer)


def test_the_division_gathers_and_gets_what_is_told_from_then_on(town: Town) -> None:
    person_at(town.welfare, Role.VIEWER)
    before = list(people_asked(Assignment.objects.all()))

    town.hand()

    now = town.now()
    assert (may_gather(town.officer, now), may_gather(town.window, now)) == (True, False)
    assert before == [town.window]
    assert town.officer in people_asked(Assignment.objects.all())
    assert town.window not in people_asked(Assignment.objects.all())
    assert [m.person for m in OutboxMessage.objects.all()] == [town.officer]
    assert AuditEvent.objects.get(action="assignment.handed").detail == {
        "division": town.welfare.pk,
        "note": "お願いします。",
    }


def test_the_division_gives_it_back_and_the_window_takes_it_back(town: Town) -> None:
    told = []
    for by in (town.officer, town.window):
        town.hand()
        OutboxMessage.objects.all().delete()
        give_response_back(town.asked, note="所管外です。", by=by, held_by=town.welfare.pk)
        told.append([m.person for m in OutboxMessage.objects.all()])

    actions = AuditEvent.objects.exclude(action="assignment.handed").filter(
        action__startswith="assignment."
    )
    assert town.now().division is None
    assert told == [[town.window], [town.officer]]
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "assignment.handed_back",
        "assignment.taken_back",
    ]


def test_sections_that_the_division_had_are_its_own_then(town: Town) -> None:
    other = DivisionFactory.create(organization=town.asked.organization)
    hand_section(town.asked, "s1", to=town.welfare, note="", by=town.window)
    hand_section(town.asked, "s2", to=other, note="", by=town.window)

    town.hand()

    works = town.asked.section_works.order_by("section_id").values_list("section_id", "division")
    assert list(works) == [("s1", None), ("s2", other.pk)]


def test_the_division_hands_it_on(town: Town) -> None:
    third = DivisionFactory.create(organization=town.asked.organization)
    town.hand()

    hand_response(town.asked, to=third, note="", by=town.officer, held_by=town.welfare.pk)

    assert town.now().division == third


def test_who_may_not(town: Town) -> None:
    third = person_at(DivisionFactory.create(organization=town.asked.organization))
    strangers = [
        third,
        town.officer,
        person_at(town.asked.organization, Role.VIEWER),
        person_at(OrganizationFactory.create()),
    ]

    for person in strangers:
        with pytest.raises(PermissionDenied):
            hand_response(town.asked, to=town.welfare, note="", by=person)
    town.hand()
    with pytest.raises(PermissionDenied):
        give_response_back(town.asked, note="", by=third, held_by=town.welfare.pk)
    assert town.now().division == town.welfare


def test_a_page_that_showed_another_division_is_stale(town: Town) -> None:
    town.hand()

    acts: list[Callable[[], None]] = [
        town.hand,
        lambda: give_response_back(town.asked, note="", by=town.window, held_by=None),
        lambda: hand_response(
            town.asked, to=town.welfare, note="", by=town.window, held_by=town.welfare.pk
        ),
    ]
    for act in acts:
        with pytest.raises(Stale):
            act()

    assert town.now().division == town.welfare


def test_only_another_division_of_the_organization_is_asked(town: Town) -> None:
    elsewhere = DivisionFactory.create(organization=OrganizationFactory.create())
    window = Division.objects.get(organization=town.asked.organization, is_window=True)

    for division in (elsewhere, window):
        with pytest.raises(Refused, match="貴機関の、窓口以外の課室"):
            hand_response(town.asked, to=division, note="", by=town.window)


def test_nothing_changes_hands_while_it_waits_or_after_submitting(town: Town) -> None:
    awaiting_approval(town.asked)
    with pytest.raises(Refused, match="決裁を待っている"):
        town.hand()

    other = assignment()
    submitted(other, by := person_at(other.organization))
    division = DivisionFactory.create(organization=other.organization)
    with pytest.raises(Refused, match="提出済み"):
        hand_response(other, to=division, note="", by=by)


def test_the_letter_leads_to_the_page_and_keeps_the_note(town: Town, settings: Settings) -> None:
    town.hand()
    message = OutboxMessage.objects.get()

    letter = render([message]).letters[message.pk]
    close_survey(town.asked.survey, by=town.asked.survey.created_by)

    address = f"{settings.PORTAL_URL}/surveys/assignments/{town.asked.pk}/gathering/"
    assert letter.subject == "［OnePublic］【取りまとめの依頼】相談体制の調査"
    assert address in letter.text.splitlines()
    assert "お願いします。" not in letter.text
    assert render([message]) == Rendered()


@pytest.mark.django_db(transaction=True)
def test_of_two_hand_overs_at_once_one_is_told_that_it_came_late(town: Town) -> None:
    results = _handed_twice_at_once(town)

    assert sorted(str(type(result).__name__) for result in results) == ["NoneType", "Stale"]
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_divisions_would_be_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)

    assert _handed_twice_at_once(town) == [None, None]
    assert OutboxMessage.objects.count() == 2


def _handed_twice_at_once(town: Town) -> list[object]:
    third = DivisionFactory.create(organization=town.asked.organization)
    person_at(third)
    return at_once(
        [
            town.hand,
            lambda: hand_response(town.asked, to=third, note="", by=town.window),
        ],
        before='UPDATE "surveys_assignment"',
    )
