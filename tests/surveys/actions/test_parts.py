from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Division, User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import Outcome, give_back, hand_section, mark_section, save_answers
from surveys.models import Assignment, SectionWork
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import COMPLETE, answer, assignment, submitted

pytestmark = pytest.mark.django_db


@dataclass
class Town:
    """A town whose window gathers the response; another division may be asked."""

    asked: Assignment
    welfare: Division
    gatherer: User
    welfare_officer: User

    def hand(self) -> SectionWork:
        return hand_section(
            self.asked, "s1", to=self.welfare, note="お願いします。", by=self.gatherer
        )

    def work(self) -> SectionWork:
        return self.asked.section_works.get(section_id="s1")


@pytest.fixture
def town() -> Town:
    organization = OrganizationFactory.create()
    welfare = DivisionFactory.create(organization=organization)
    gatherer, officer = person_at(organization), person_at(welfare, Role.DRAFTER)
    return Town(assignment(organization=organization), welfare, gatherer, officer)


def outcome(town: Town, by: User, revision: int = 0) -> Outcome:
    changes = {"staff": ("5", revision)}
    return save_answers(town.asked, by=by, changes=changes)["staff"].outcome


def test_the_division_that_was_asked_writes_and_nobody_else(town: Town) -> None:
    town.hand()

    outcomes = [outcome(town, town.gatherer), outcome(town, town.welfare_officer)]

    assert outcomes == [Outcome.REFUSED, Outcome.SAVED]


def test_its_writers_get_a_mail_and_others_none(town: Town) -> None:
    person_at(town.welfare, Role.VIEWER)

    town.hand()

    assert [m.person for m in OutboxMessage.objects.all()] == [town.welfare_officer]
    assert AuditEvent.objects.get(action="section.handed").detail == {
        "section": "s1",
        "division": town.welfare.pk,
        "note": "お願いします。",
    }


def test_handing_over_again_tells_again(town: Town) -> None:
    other = DivisionFactory.create(organization=town.asked.organization)
    town.hand()
    hand_section(town.asked, "s1", to=other, note="", by=town.gatherer, held_by=town.welfare.pk)

    hand_section(town.asked, "s1", to=town.welfare, note="", by=town.gatherer, held_by=other.pk)

    assert OutboxMessage.objects.filter(person=town.welfare_officer).count() == 2


def test_who_gathers_takes_it_back_to_write(town: Town) -> None:
    town.hand()

    give_back(town.asked, "s1", note="", by=town.gatherer, held_by=town.welfare.pk)

    assert outcome(town, town.gatherer) is Outcome.SAVED
    assert AuditEvent.objects.filter(action="section.taken_back").count() == 1


def test_the_division_gives_it_back_with_a_note_and_a_mail(town: Town) -> None:
    town.hand()
    OutboxMessage.objects.all().delete()

    give_back(
        town.asked, "s1", note="所管外です。", by=town.welfare_officer, held_by=town.welfare.pk
    )

    assert (town.work().division, town.work().note) == (None, "所管外です。")
    assert [m.person for m in OutboxMessage.objects.all()] == [town.gatherer]


def test_only_who_gathers_hands_over(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        hand_section(town.asked, "s1", to=town.welfare, note="", by=town.welfare_officer)

    assert not town.asked.section_works.exists()


def test_a_third_division_gives_nothing_back(town: Town) -> None:
    town.hand()
    third = person_at(DivisionFactory.create(organization=town.asked.organization))

    with pytest.raises(PermissionDenied):
        give_back(town.asked, "s1", note="", by=third, held_by=town.welfare.pk)

    assert town.work().division == town.welfare


def test_a_named_division_gathers_in_place_of_the_window(town: Town) -> None:
    Assignment.objects.filter(pk=town.asked.pk).update(division=town.welfare)

    with pytest.raises(PermissionDenied):
        town.hand()


def test_a_page_that_showed_another_division_is_stale(town: Town) -> None:
    town.hand()

    with pytest.raises(Stale):
        town.hand()
    with pytest.raises(Stale):
        give_back(town.asked, "s1", note="", by=town.gatherer, held_by=None)

    assert town.work().division == town.welfare


def test_a_division_of_elsewhere_is_refused(town: Town) -> None:
    elsewhere = DivisionFactory.create(organization=OrganizationFactory.create())

    with pytest.raises(Refused, match="貴機関の課室"):
        hand_section(town.asked, "s1", to=elsewhere, note="", by=town.gatherer)


def test_a_section_that_is_not_there_is_refused(town: Town) -> None:
    with pytest.raises(Refused, match="この節は調査票にありません"):
        hand_section(town.asked, "s9", to=town.welfare, note="", by=town.gatherer)


def test_nothing_is_handed_over_after_submitting(town: Town) -> None:
    submitted(town.asked, town.gatherer)

    with pytest.raises(Refused):
        town.hand()


def test_a_part_is_done_when_nothing_is_missing(town: Town) -> None:
    town.hand()
    with pytest.raises(Refused, match="2件"):
        mark_section(town.asked, "s1", done=True, by=town.welfare_officer)
    answer(town.asked, town.welfare_officer, **COMPLETE)

    mark_section(town.asked, "s1", done=True, by=town.welfare_officer)
    mark_section(town.asked, "s1", done=True, by=town.welfare_officer)

    assert town.work().done_by == town.welfare_officer
    assert AuditEvent.objects.filter(action="section.done").count() == 1


def test_a_change_in_a_done_part_opens_it_again(town: Town) -> None:
    answer(town.asked, town.gatherer, **(COMPLETE | {"desk": "true", "name": "窓口"}))
    mark_section(town.asked, "s1", done=True, by=town.gatherer)
    answer(town.asked, town.gatherer, note="別の節")
    still = town.work().done_at

    answer(town.asked, town.gatherer, staff="4")

    assert still is not None
    assert town.work().done_at is None


def test_saying_the_same_again_leaves_a_done_part_done(town: Town) -> None:
    answer(town.asked, town.gatherer, **COMPLETE)
    mark_section(town.asked, "s1", done=True, by=town.gatherer)

    answer(town.asked, town.gatherer, **COMPLETE)

    assert town.work().done_at is not None


def test_another_division_marks_nothing(town: Town) -> None:
    answer(town.asked, town.gatherer, **COMPLETE)
    town.hand()

    with pytest.raises(PermissionDenied):
        mark_section(town.asked, "s1", done=True, by=town.gatherer)
