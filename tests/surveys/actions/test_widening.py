from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.audience import AudienceRule
from accounts.models import Organization, User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Rendered, render
from surveys.actions import (
    begin_revision,
    cancel_survey,
    close_survey,
    publish_revision,
    widen_audience,
)
from surveys.fingerprint import frame_mark
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import (
    DOCUMENT,
    assignment_of,
    draft_survey,
    running_survey,
    submitted,
)
from tests.moved_clock import set_database_time
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def approver_of(survey: Survey) -> User:
    return person_at(survey.division, Role.APPROVER)


def only(*organizations: Organization) -> AudienceRule:
    return AudienceRule(codes=[organization.code for organization in organizations])


def asked_by_mail() -> list[int]:
    rows = OutboxMessage.objects.filter(kind="survey_widened").order_by("person")
    return list(rows.values_list("person", flat=True))


def test_who_was_not_asked_yet_is_asked_and_told_and_nobody_else() -> None:
    village, town = OrganizationFactory.create_batch(2)
    first, second = person_at(village), person_at(town)
    survey = running_survey(village, notify_by_mail=True)
    handed_in = submitted(assignment_of(survey, village), first)
    by = approver_of(survey)

    added = widen_audience(survey, by=by, rule=only(village, town))

    event = AuditEvent.objects.get(action="survey.widened")
    states = Assignment.objects.order_by("pk").values_list("organization", "state", "revision")
    assert (added, event.actor) == (1, by)
    assert event.detail == {"asked": 1, "organizations": [town.code]}
    assert list(states) == [
        (village.pk, AssignmentState.SUBMITTED, handed_in.revision_id),
        (town.pk, AssignmentState.NOT_STARTED, handed_in.revision_id),
    ]
    assert asked_by_mail() == [second.pk]


def test_the_rule_names_them_for_the_next_round() -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village)
    rule = AudienceRule(codes=[village.code], excluded_codes=[town.code])
    Survey.objects.update(stored_audience=rule.to_json())

    widen_audience(survey, by=approver_of(survey), rule=only(town))

    survey.refresh_from_db()
    assert survey.audience == only(village, town)


def test_the_letter_asks_for_an_answer_as_long_as_the_survey_is_open() -> None:
    village, town = OrganizationFactory.create_batch(2)
    person_at(town)
    survey = running_survey(village, notify_by_mail=True)
    widen_audience(survey, by=approver_of(survey), rule=only(town))
    message = OutboxMessage.objects.get(kind="survey_widened")

    letter = render([message]).letters[message.pk]
    cancel_survey(survey, by=approver_of(survey), reason="重複")

    assert letter.subject == "［OnePublic］【回答依頼】相談体制の調査"
    assert f"回答期限：{wareki(survey.due_on)}" in letter.text.splitlines()
    assert render([message]) == Rendered()


def test_without_mail_where_the_survey_sends_none() -> None:
    village, town = OrganizationFactory.create_batch(2)
    person_at(town)
    survey = running_survey(village, notify_by_mail=False)

    assert widen_audience(survey, by=approver_of(survey), rule=only(town)) == 1
    assert asked_by_mail() == []


def test_they_answer_what_is_answered_now_not_the_revision_in_hand() -> None:
    village, town, city = OrganizationFactory.create_batch(3)
    survey = running_survey(village)
    by = approver_of(survey)
    begin_revision(survey, by=survey.created_by, reason="誤記")
    section = {**DOCUMENT["sections"][0], "title": "人員"}
    changed = {**DOCUMENT, "sections": [section, DOCUMENT["sections"][1]]}
    survey.revisions.filter(number=2).update(document=changed)

    widen_audience(survey, by=by, rule=only(town))
    before = assignment_of(survey, town).revision.number
    publish_revision(survey, by=by, confirmed=True)
    widen_audience(survey, by=by, rule=only(city))

    numbers = Assignment.objects.order_by("pk").values_list("revision__number", flat=True)
    assert (before, list(numbers)) == (1, [2, 2, 2])


def test_who_widens() -> None:
    survey = running_survey(OrganizationFactory.create())
    town = OrganizationFactory.create()

    for person in (
        person_at(survey.division, Role.DRAFTER),
        person_at(survey.division, Role.VIEWER),
        person_at(DivisionFactory.create(), Role.APPROVER),
        person_at(town),
    ):
        with pytest.raises(PermissionDenied):
            widen_audience(survey, by=person, rule=only(town))
    assert Assignment.objects.count() == 1


def test_what_is_not_widened() -> None:
    village, town = OrganizationFactory.create_batch(2)
    draft = draft_survey(village)
    closed = running_survey(village)
    close_survey(closed, by=closed.created_by)
    survey = running_survey(village)
    by, seen = approver_of(survey), frame_mark(survey)

    for other in (draft, closed):
        with pytest.raises(Stale):
            widen_audience(other, by=approver_of(other), rule=only(town))
    for rule in (only(village), AudienceRule()):
        with pytest.raises(Refused, match="すでに回答を依頼しています"):
            widen_audience(survey, by=by, rule=rule)
    widen_audience(survey, by=by, rule=only(town), mark=seen)
    with pytest.raises(Stale):
        widen_audience(survey, by=by, rule=only(OrganizationFactory.create()), mark=seen)


def test_nobody_is_asked_who_could_not_answer_in_time() -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village, accepts_late=False)
    by = approver_of(survey)
    set_database_time(survey.deadline)

    with pytest.raises(Refused, match="期限を過ぎている"):
        widen_audience(survey, by=by, rule=only(town))

    set_database_time(survey.deadline - timedelta(milliseconds=1))
    assert widen_audience(survey, by=by, rule=only(town)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_ask_once() -> None:
    survey, town = running_survey(OrganizationFactory.create()), OrganizationFactory.create()

    results = _widened_twice_at_once(survey, town)

    assert [type(result) for result in results if result != 1] == [Refused]
    assert AuditEvent.objects.filter(action="survey.widened").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_say_that_they_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    survey, town = running_survey(OrganizationFactory.create()), OrganizationFactory.create()

    assert _widened_twice_at_once(survey, town) == [1, 1]
    assert AuditEvent.objects.filter(action="survey.widened").count() == 2


def _widened_twice_at_once(survey: Survey, town: Organization) -> list[Any]:
    by = approver_of(survey)
    return at_once(
        [lambda: widen_audience(survey, by=by, rule=only(town))] * 2,
        before='INSERT INTO "surveys_assignment"',
    )
