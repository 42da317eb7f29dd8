from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Organization, User
from accounts.states import Role
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions.releasing import (
    CHANGED,
    NO_QUESTIONS,
    NOT_CLOSED,
    NOT_RELEASABLE,
    TOO_FEW,
    WRONG_BOUND,
    WRONG_PUBLIC_BOUND,
    end_release,
    mark_of,
    release_results,
    results_to_release,
)
from surveys.mail.releases import RELEASE_MAIL
from surveys.models import Answer, Release, Survey
from surveys.results.choosing import Choice
from surveys.states import ReleaseScope
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.releases import closed_survey, towns
from tests.factories.surveys import running_survey
from tests.surveys.racing import at_once

pytestmark = pytest.mark.django_db


def chosen(**wanted: Any) -> Choice:
    return Choice(**({"question_ids": ["staff", "desk"]} | wanted))


def released(survey: Survey, **wanted: Any) -> Release:
    by, choice = survey.created_by, chosen(**wanted)
    mark = mark_of(results_to_release(survey, by=by, choice=choice))
    return release_results(survey, by=by, choice=choice, mark=mark)


def told(release: Release) -> set[User]:
    messages = OutboxMessage.objects.filter(kind=RELEASE_MAIL, subject_id=release.pk)
    return {message.person for message in messages.select_related("person")}


def test_it_keeps_what_was_chosen_and_records_it() -> None:
    survey = closed_survey(2, 3, 4)

    release = released(survey, note="研修に用いた。", smallest_group=2)

    assert (release.number, release.scope, release.public_key) == (1, ReleaseScope.ANSWERED, None)
    assert (release.question_ids, release.smallest_group) == (["staff", "desk"], 2)
    event = events_of(survey).get(action="survey.results_released")
    assert event.detail == {
        "number": 1,
        "scope": "answered",
        "smallest_group": 2,
        "is_public": False,
    }


@pytest.mark.parametrize(
    ("wanted", "complaint"),
    [
        ({"question_ids": []}, NO_QUESTIONS),
        ({"question_ids": ["staff", "name"]}, NOT_RELEASABLE),
        ({"smallest_group": 1}, WRONG_BOUND),
        ({"smallest_group": 51}, WRONG_BOUND),
        ({"smallest_group": 2, "is_public": True}, WRONG_PUBLIC_BOUND),
        ({"smallest_group": 4}, TOO_FEW),
    ],
)
def test_it_refuses_what_must_not_be_released(wanted: dict[str, Any], complaint: str) -> None:
    with pytest.raises(Refused, match=complaint):
        released(closed_survey(2, 3, 4), **wanted)


def test_a_survey_that_takes_answers_is_not_released() -> None:
    with pytest.raises(Refused, match=NOT_CLOSED):
        released(running_survey(*towns(1)))


def test_only_those_who_run_it_release_it() -> None:
    survey = closed_survey(2, 3, 4)
    for person in (person_at(DivisionFactory.create()), person_at(survey.division, Role.VIEWER)):
        with pytest.raises(PermissionDenied):
            release_results(survey, by=person, choice=chosen(), mark="")


def test_other_figures_than_the_page_showed_are_not_released() -> None:
    survey = closed_survey(2, 3, 4)
    choice = chosen(question_ids=["desk"])
    mark = mark_of(results_to_release(survey, by=survey.created_by, choice=choice))
    Answer.objects.filter(field="desk").update(value=True)

    with pytest.raises(Stale, match=CHANGED):
        release_results(survey, by=survey.created_by, choice=choice, mark=mark)

    assert not Release.objects.exists()


def test_a_new_one_takes_the_place_of_the_last_and_keeps_its_link() -> None:
    survey = closed_survey(2, 3, 4)
    first = released(survey, is_public=True)

    second = released(survey, is_public=True)

    before = Release.objects.get(pk=first.pk)
    assert (before.ended_at is not None, before.public_key) == (True, None)
    assert (second.number, second.public_key) == (2, first.public_key)


def test_an_ended_one_has_no_link_and_ends_once() -> None:
    survey = closed_survey(2, 3, 4)
    release = released(survey, is_public=True)

    end_release(release, by=survey.created_by)

    held = Release.objects.get()
    assert (held.ended_by, held.public_key) == (survey.created_by, None)
    assert events_of(survey).filter(action="survey.results_ended").count() == 1
    with pytest.raises(Stale):
        end_release(release, by=survey.created_by)


@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_ended_at_the_same_moment_stays_ended() -> None:
    survey = closed_survey(2, 3, 4)
    first, choice = released(survey, is_public=True), chosen(is_public=True)
    by = survey.created_by
    mark = mark_of(results_to_release(survey, by=by, choice=choice))

    second, ended = at_once(
        [
            lambda: release_results(survey, by=by, choice=choice, mark=mark),
            lambda: end_release(first, by=by),
        ],
        before='UPDATE "surveys_release"',
    )

    keeps_link = second.public_key == first.public_key
    assert (keeps_link, type(ended)) in [(False, type(None)), (True, Stale)]


def test_only_those_who_run_it_end_it() -> None:
    survey = closed_survey(2, 3, 4)
    release = released(survey)

    with pytest.raises(PermissionDenied):
        end_release(release, by=person_at(survey.division, Role.VIEWER))


def test_those_who_answered_are_told_and_with_all_the_others_too() -> None:
    places = towns(5)
    windows = {place: person_at(place) for place in places}
    survey = closed_survey(2, 3, 4, organizations=places[:3])
    for place in places:
        place.divisions.update(is_window=True)

    to_some = told(released(survey))
    to_all = told(released(survey, scope=ReleaseScope.ALL))

    assert {windows[place] for place in places[:3]} <= to_some
    assert not {windows[place] for place in places[3:]} & to_some
    assert set(windows.values()) <= to_all


def test_the_successor_of_one_that_answered_is_told() -> None:
    successor, *places = towns(4)
    survey = closed_survey(2, 3, 4, organizations=places)
    yesterday = timezone.localdate() - timedelta(days=1)
    for merged in places[:2]:
        Organization.objects.filter(pk=merged.pk).update(valid_to=yesterday, successor=successor)
    person = person_at(successor)
    successor.divisions.update(is_window=True)

    assert person in told(released(survey))
