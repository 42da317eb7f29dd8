from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organization, User
from accounts.states import Role
from surveys.actions import close_survey
from surveys.models import Release
from surveys.states import ReleaseScope
from tests.factories.accounts import DivisionFactory, PrefectureFactory, person_at
from tests.factories.releases import release_of, towns
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


def sees(user: User) -> bool:
    return Release.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (ReleaseScope.ANSWERED, [True, False, False, False, True]),
        (ReleaseScope.ALL, [True, True, True, True, True]),
    ],
)
def test_it_is_seen_within_its_scope(scope: str, expected: list[bool]) -> None:
    answered, silent, elsewhere = towns(3)
    survey = running_survey(answered, silent)
    submitted(assignment_of(survey, answered))
    close_survey(survey, by=survey.created_by)
    release_of(survey, by=survey.created_by, scope=scope)
    places = (answered, silent, elsewhere, PrefectureFactory.create())
    people = [*map(person_at, places), person_at(DivisionFactory.create(), Role.VIEWER)]

    assert [sees(person) for person in people] == expected


def test_the_successor_of_one_that_answered_sees_it() -> None:
    merged, successor = towns(2)
    survey = running_survey(merged)
    submitted(assignment_of(survey, merged))
    close_survey(survey, by=survey.created_by)
    release_of(survey, by=survey.created_by)
    person, today = person_at(successor), timezone.localdate()
    seen = []
    for last_day in (today, today - timedelta(days=1)):
        Organization.objects.filter(pk=merged.pk).update(valid_to=last_day, successor=successor)
        seen.append(sees(person))

    assert seen == [False, True]


def test_an_ended_one_is_seen_by_nobody() -> None:
    (place,) = towns(1)
    survey = running_survey(place)
    submitted(assignment_of(survey, place))
    by = survey.created_by
    release_of(survey, by=by, is_public=True, ended_at=timezone.now(), ended_by=by)

    assert not sees(person_at(place))
    assert not sees(by)
    assert not Release.objects.for_anybody().exists()
