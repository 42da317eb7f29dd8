from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accounts.models import Organization, User
from surveys.dashboard.curves import Days, days_of
from surveys.models import Assignment, Submission, Survey
from surveys.states import SurveyState
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


def on(day: date, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def survey_since(opened: int, due: int, *places: Organization, **fields: object) -> Survey:
    """Opened and due so many days ago."""
    survey = running_survey(*places, opens_on=ago(opened), due_on=ago(due), **fields)
    Survey.objects.filter(pk=survey.pk).update(opened_at=on(ago(opened)))
    survey.refresh_from_db()
    return survey


def handed_in(survey: Survey, place: Organization, days_ago: int, *, hour: int = 12) -> None:
    done = submitted(assignment_of(survey, place))
    Submission.objects.filter(assignment=done).update(submitted_at=on(ago(days_ago), hour))


def found(survey: Survey, by: User | None = None, *, by_deadline: bool = False) -> Days:
    days = days_of(by or survey.created_by, survey, by_deadline=by_deadline)
    assert days
    return days


def totals(days: Days) -> Sequence[int | None]:
    return [days.own.total(day) for day in days.days]


def test_it_tells_how_many_had_handed_in_at_the_end_of_each_day() -> None:
    villages = OrganizationFactory.create_batch(4)
    survey = survey_since(3, -1, *villages)
    handed_in(survey, villages[0], 3, hour=23)
    handed_in(survey, villages[1], 1, hour=0)
    handed_in(survey, villages[2], 1)

    days = found(survey)

    assert days.days == [ago(3), ago(2), ago(1), ago(0), ago(-1)]
    assert totals(days) == [1, 1, 3, 3, None]
    assert [days.own.share(day) for day in days.days] == [25.0, 25.0, 75.0, 75.0, None]
    assert (days.previous, days.median) == (None, None)


def test_what_was_given_back_counts_for_the_days_between() -> None:
    villages = OrganizationFactory.create_batch(2)
    survey = survey_since(3, 0, *villages)
    handed_in(survey, villages[0], 3)
    Submission.objects.update(ended_at=on(ago(1)), ended_by=survey.created_by)

    assert totals(found(survey)) == [1, 1, 0, 0]


def test_what_comes_after_the_deadline_is_shown_too() -> None:
    villages = OrganizationFactory.create_batch(2)
    survey = survey_since(4, 3, *villages)
    handed_in(survey, villages[0], 1)

    assert totals(found(survey)) == [0, 0, 0, 1]


def test_the_curve_ends_with_the_count_of_today() -> None:
    villages = OrganizationFactory.create_batch(3)
    survey = survey_since(2, 0, *villages)
    submitted(assignment_of(survey, villages[0]))
    submitted(assignment_of(survey, villages[1]))

    assert totals(found(survey))[-1] == Assignment.objects.filter(survey=survey).submitted().count()


def test_the_last_round_lies_beside_it_by_opening_or_by_deadline() -> None:
    villages = OrganizationFactory.create_batch(2)
    last_round = survey_since(20, 15, *villages)  # six days
    handed_in(last_round, villages[0], 19)
    handed_in(last_round, villages[1], 15)
    survey = survey_since(2, 0, *villages, previous=last_round)  # three days

    by_opening, by_deadline = found(survey), found(survey, by_deadline=True)

    assert by_opening.previous == [0.0, 50.0, 50.0]
    assert by_deadline.previous == [50.0, 50.0, 100.0]


def test_days_before_the_other_had_opened_have_no_value() -> None:
    villages = OrganizationFactory.create_batch(2)
    last_round = survey_since(11, 10, *villages)
    survey = survey_since(2, 0, *villages, previous=last_round)

    assert found(survey, by_deadline=True).previous == [None, 0.0, 0.0]


def test_the_median_is_of_what_the_division_asked_before() -> None:
    villages = OrganizationFactory.create_batch(4)
    division = DivisionFactory.create()
    for number, count in enumerate((4, 1, 2)):
        earlier = survey_since(30 + number, 25, *villages, division=division)
        for village in villages[:count]:
            handed_in(earlier, village, 30 + number)
    cancelled = survey_since(40, 30, *villages, division=division)
    Survey.objects.filter(pk=cancelled.pk).update(
        state=SurveyState.CANCELLED, cancelled_at=timezone.now()
    )
    survey_since(35, 30, *villages)
    survey = survey_since(1, 0, *villages, division=division)

    assert found(survey).median == [50.0, 50.0]


def test_one_earlier_survey_has_no_median() -> None:
    village = OrganizationFactory.create()
    division = DivisionFactory.create()
    survey_since(9, 8, village, division=division)

    assert found(survey_since(1, 0, village, division=division)).median is None


def test_a_prefecture_sees_the_curve_of_its_own_area() -> None:
    own, other = PrefectureFactory.create_batch(2)
    village, foreign = (OrganizationFactory.create(prefecture=place) for place in (own, other))
    survey = survey_since(1, 0, village, foreign)
    handed_in(survey, foreign, 1)

    days = found(survey, person_at(own))

    assert (days.own.asked, totals(days)) == (1, [0, 0])


def test_nobody_to_follow_is_no_curve() -> None:
    survey = survey_since(1, 0, OrganizationFactory.create())
    stranger = person_at(PrefectureFactory.create())

    assert days_of(stranger, survey, by_deadline=False) is None


def test_a_deadline_far_away_does_not_make_an_endless_table() -> None:
    survey = running_survey(OrganizationFactory.create(), due_on=date(2099, 3, 31))

    assert len(found(survey).days) == 366
