from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organization
from accounts.states import Role
from onepublic.core.errors import Refused
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    accept_responses,
    close_survey,
    follow_mergers,
    pull_back,
    return_responses,
)
from surveys.actions.prefecture_checks import confirm_responses
from surveys.models import Assignment, Survey
from surveys.permissions import can_approve_response
from surveys.schedule import succeed
from surveys.states import AssignmentState, PrefecturePart
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import (
    answer,
    assignment_of,
    awaiting_approval,
    running_survey,
    submitted,
)

pytestmark = pytest.mark.django_db


def ended_in(successor: Organization, *organizations: Organization) -> None:
    """The organizations ended yesterday; the successor has taken their place."""
    Organization.objects.filter(pk__in=[one.pk for one in organizations]).update(
        valid_to=timezone.localdate() - timedelta(days=1), successor=successor
    )


def asked_in(survey: Survey, organization: Organization) -> Assignment:
    return Assignment.objects.get(survey=survey, organization=organization)


def test_a_new_town_answers_for_those_it_came_from(client: Client) -> None:
    east, west, town = OrganizationFactory.create_batch(3)
    survey = running_survey(east, west, notify_by_mail=True)
    answer(asked_in(survey, east), person_at(east), staff="3")
    officer = person_at(town)
    ended_in(town, east, west)
    client.force_login(officer)

    moved = follow_mergers(survey)

    new = asked_in(survey, town)
    page = client.get(f"/surveys/assignments/{new.pk}/")
    earlier = client.get(f"/surveys/assignments/{asked_in(survey, east).pk}/review/")
    assert moved == 2
    assert list(survey.assignments.counted()) == [new]
    assert [each.organization for each in page.context["predecessors"].order_by("pk")] == [
        east,
        west,
    ]
    assert "3人" in earlier.content.decode()
    assert OutboxMessage.objects.filter(kind="survey_opened", person=officer).exists()


def test_a_new_town_has_the_time_that_was_granted() -> None:
    east, west, town = OrganizationFactory.create_batch(3)
    survey = running_survey(east, west)
    later = survey.due_on + timedelta(days=7)
    survey.assignments.filter(organization=east).update(extended_to=later)
    ended_in(town, east, west)

    follow_mergers(survey)

    assert asked_in(survey, town).due_on == later


def test_a_town_that_took_another_in_keeps_its_own_response() -> None:
    town, village = OrganizationFactory.create_batch(2)
    survey = running_survey(town, village)
    ended_in(town, village)

    assert follow_mergers(survey) == 1
    assert list(survey.assignments.counted()) == [asked_in(survey, town)]
    assert asked_in(survey, village).succeeded_by == asked_in(survey, town)


def test_what_all_had_handed_in_stands() -> None:
    east, west, town = OrganizationFactory.create_batch(3)
    survey = running_survey(east, west)
    for place in (east, west):
        submitted(assignment_of(survey, place))
    ended_in(town, east, west)

    assert follow_mergers(survey) == 0
    assert survey.assignments.counted().submitted().count() == 2


def test_of_one_that_had_and_one_that_had_not_nothing_counts_twice() -> None:
    east, west, town = OrganizationFactory.create_batch(3)
    survey = running_survey(east, west)
    submitted(assignment_of(survey, east))
    ended_in(town, east, west)

    follow_mergers(survey)

    assert [each.organization for each in survey.assignments.counted()] == [town]


def test_a_chain_of_successors_leads_to_the_last() -> None:
    village, town, city = OrganizationFactory.create_batch(3)
    survey = running_survey(village)
    ended_in(town, village)
    follow_mergers(survey)
    ended_in(city, town)

    follow_mergers(survey)

    last = asked_in(survey, city)
    assert list(survey.assignments.counted()) == [last]
    assert {asked_in(survey, one).succeeded_by for one in (village, town)} == {last}


def test_it_is_the_clocks_and_safe_twice() -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village)
    closed = running_survey(village)
    close_survey(closed, by=closed.created_by)
    ended_in(town, village)

    for _ in range(2):
        succeed()

    assert [survey.assignments.count(), closed.assignments.count()] == [2, 1]


def test_what_was_handed_in_before_moves_no_more() -> None:
    """Another one counts in its place: given back or accepted, it would be nobody's."""
    prefecture = PrefectureFactory.create()
    village, west, town = OrganizationFactory.create_batch(3, prefecture=prefecture)
    survey = running_survey(village, west)
    done = submitted(assignment_of(survey, village))
    ended_in(town, village, west)
    follow_mergers(survey)
    by = survey.created_by

    with pytest.raises(Refused, match="承継"):
        pull_back(done, by=person_at(village))
    counts = [
        return_responses(survey, [done.pk], by=by, reason="単位の誤り"),
        accept_responses(survey, [done.pk], by=by),
    ]
    Survey.objects.filter(pk=survey.pk).update(prefecture_part=PrefecturePart.CHECK)
    checked = Survey.objects.get(pk=survey.pk)
    counts.append(confirm_responses(checked, by=person_at(prefecture), before=timezone.now()))

    assert counts == [0, 0, 0]
    assert asked_in(survey, village).state == AssignmentState.SUBMITTED


def test_what_waited_for_its_approval_waits_no_more() -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village)
    awaiting_approval(assignment_of(survey, village))
    approver = person_at(village, Role.APPROVER)
    waiting = Assignment.objects.awaiting_approval_of(approver)
    before = waiting.count()
    ended_in(town, village)

    follow_mergers(survey)

    seen = asked_in(survey, village)
    assert (before, waiting.count(), can_approve_response(approver, seen)) == (1, 0, False)


def test_the_ended_one_takes_no_answers_any_more() -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village)
    officer = person_at(village)
    ended_in(town, village)
    follow_mergers(survey)

    with pytest.raises(Refused, match="承継"):
        answer(assignment_of(survey, village), officer, staff="3")
