from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.states import Kind
from surveys.actions import declare_not_applicable
from surveys.dashboard.counting import COUNTS, Row, counted
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState, PrefecturePart
from tests.factories.accounts import (
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.surveys import answer, assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


def counts_of(row: Row) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: row[name] for name in COUNTS if row[name]}


def of(survey: Survey) -> Row:
    return counted(Assignment.objects.filter(survey=survey)).total


def test_each_response_is_one_of_four_and_the_others_are_parts_of_these() -> None:
    villages = OrganizationFactory.create_batch(7)
    survey = running_survey(*villages, due_on=timezone.localdate() - timedelta(days=1))
    answered, nothing, working, returned, accepted, extended, _ = (
        assignment_of(survey, village) for village in villages
    )
    submitted(answered)
    declare_not_applicable(nothing, by=person_at(villages[1]), reason="対象の事業がない")
    answer(working, person_at(villages[2]), staff="1")
    Assignment.objects.filter(pk=returned.pk).update(state=AssignmentState.RETURNED)
    submitted(accepted)
    Assignment.objects.filter(pk=accepted.pk).update(
        state=AssignmentState.ACCEPTED, accepted_at=timezone.now(), accepted_by=survey.created_by
    )
    Assignment.objects.filter(pk=extended.pk).update(extended_to=timezone.localdate())

    total = of(survey)

    assert counts_of(total) == {
        "asked": 7,
        "submitted": 3,
        "answered": 2,
        "not_applicable": 1,
        "working": 2,
        "not_started": 2,
        "owing": 4,
        "overdue": 3,
        "returned": 1,
        "accepted": 1,
    }
    assert total["share"] == 3 / 7


@pytest.mark.parametrize(("days", "overdue"), [(-1, 1), (0, 0)])
def test_the_last_day_itself_is_in_time(days: int, overdue: int) -> None:
    survey = running_survey(
        OrganizationFactory.create(), due_on=timezone.localdate() + timedelta(days=days)
    )

    assert of(survey)["overdue"] == overdue


def test_an_accepted_one_to_which_nothing_applies_stays_that() -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    asked = assignment_of(survey, village)
    declare_not_applicable(asked, by=person_at(village), reason="対象の事業がない")
    Assignment.objects.filter(pk=asked.pk).update(
        state=AssignmentState.ACCEPTED, accepted_at=timezone.now(), accepted_by=survey.created_by
    )

    assert counts_of(of(survey)) == {
        "asked": 1,
        "submitted": 1,
        "not_applicable": 1,
        "accepted": 1,
    }


def test_what_a_prefecture_checks_waits_for_its_confirmation() -> None:
    prefecture = PrefectureFactory.create()
    villages = OrganizationFactory.create_batch(2, prefecture=prefecture)
    survey = running_survey(prefecture, *villages)
    for place in (prefecture, *villages):
        submitted(assignment_of(survey, place))
    Assignment.objects.filter(survey=survey, organization=villages[0]).update(
        confirmed_at=timezone.now(), confirmed_by=person_at(prefecture)
    )

    watched = of(survey)["confirming"]
    Survey.objects.filter(pk=survey.pk).update(prefecture_part=PrefecturePart.CHECK)

    assert (watched, of(survey)["confirming"]) == (0, 1)


def test_what_a_successor_has_taken_over_counts_nowhere() -> None:
    gone, successor = OrganizationFactory.create_batch(2)
    survey = running_survey(gone, successor)
    Assignment.objects.filter(survey=survey, organization=gone).update(
        succeeded_by=assignment_of(survey, successor)
    )

    assert counts_of(of(survey)) == {"asked": 1, "not_started": 1, "owing": 1}


def test_the_parts_add_up_by_prefecture_and_by_kind() -> None:
    bureau = RegionalBureauFactory.create()
    first, second = (PrefectureFactory.create(code=code) for code in ("130001", "140007"))
    city = OrganizationFactory.create(prefecture=first, kind=Kind.CITY)
    village = OrganizationFactory.create(prefecture=second)
    survey = running_survey(bureau, first, city, village, due_on=date(2099, 3, 31))
    submitted(assignment_of(survey, city))

    found = counted(Assignment.objects.filter(survey=survey))

    def told(rows: list[Row]) -> list[tuple[str, str, int, int]]:
        return [(row["code"], row["label"], row["asked"], row["submitted"]) for row in rows]

    assert told(found.prefectures) == [
        ("", "地方厚生（支）局", 1, 0),
        ("13", first.prefecture_name, 2, 1),
        ("14", second.prefecture_name, 1, 0),
    ]
    assert told(found.kinds) == [
        ("regional_bureau", "地方厚生（支）局", 1, 0),
        ("prefecture", "都道府県", 1, 0),
        ("city", "市", 1, 1),
        ("village", "村", 1, 0),
    ]
    assert found.total["asked"] == 4


def test_nothing_asked_is_nothing_counted() -> None:
    found = counted(Assignment.objects.none())

    assert (found.total["asked"], found.total["share"], found.prefectures, found.kinds) == (
        0,
        0.0,
        [],
        [],
    )
