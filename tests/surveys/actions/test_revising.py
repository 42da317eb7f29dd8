from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    begin_revision,
    close_survey,
    discard_revision,
    open_survey,
    publish_revision,
    submit,
)
from surveys.fingerprint import whole_mark
from surveys.models import Assignment, QuestionnaireRevision, Remark, Survey
from surveys.responses import load_response
from surveys.revision_effects import effects_of
from surveys.states import AssignmentState, Stage, SurveyState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import (
    DOCUMENT,
    answer,
    assignment_of,
    draft_survey,
    running_survey,
    submitted,
)
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
QUESTION = {"id": "new", "type": "number", "label": "予算", "required": False, "unit": "円"}


def changed(**questions: Any) -> dict[str, Any]:
    """DOCUMENT with questions of its first section merged with, or None: removed."""
    document = deepcopy(DOCUMENT)
    kept = []
    for question in document["sections"][0]["questions"]:
        more = questions.pop(question["id"], {})
        if more is not None:
            kept.append({**question, **more})
    document["sections"][0]["questions"] = [*kept, *questions.values()]
    return document


def revise(survey: Survey, **questions: Any) -> QuestionnaireRevision:
    """A revision in hand, changed as by another hand than the one that publishes it."""
    revision = begin_revision(survey, by=survey.created_by, reason="誤記があったため。")
    survey.revisions.filter(pk=revision.pk).update(document=changed(**questions))
    revision.refresh_from_db()
    return revision


def approver_of(survey: Survey) -> User:
    return person_at(survey.division, Role.APPROVER)


def test_a_revision_begins_as_a_copy_and_reaches_nobody_yet() -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)

    revision = begin_revision(survey, by=survey.created_by, reason="誤記")

    assert (revision.number, revision.document, revision.published_at) == (2, DOCUMENT, None)
    assert assignment_of(survey, village).revision.number == 1
    event = AuditEvent.objects.get(action="survey.revision_begun")
    assert (event.actor, event.detail) == (survey.created_by, {"revision": 2})


def test_one_at_a_time_with_a_reason_and_only_of_an_open_survey() -> None:
    survey = running_survey(OrganizationFactory.create())
    with pytest.raises(Refused):
        begin_revision(survey, by=survey.created_by, reason=" ")
    begin_revision(survey, by=survey.created_by, reason="誤記")
    with pytest.raises(Refused):
        begin_revision(survey, by=survey.created_by, reason="誤記")

    draft = draft_survey()
    with pytest.raises(Stale):
        begin_revision(draft, by=draft.created_by, reason="誤記")


def test_harmless_changes_carry_every_answer_and_tell_nobody() -> None:
    village, town = OrganizationFactory.create_batch(2)
    officer = person_at(village)
    survey = running_survey(village, town)
    answer(assignment_of(survey, village), officer, staff="3")
    handed_in = submitted(assignment_of(survey, town))
    revision = revise(survey, staff={"label": "常勤の職員数"}, new=QUESTION)

    effects = publish_revision(survey, by=approver_of(survey))

    assert ([len(effects.harmless), effects.harmful]) == [2, []]
    assert set(survey.assignments.values_list("revision", flat=True)) == {revision.pk}
    response = load_response(assignment_of(survey, village))
    assert response.values == {"staff": 3}
    assert response.questionnaire.question("staff").label == "常勤の職員数"
    handed_in.refresh_from_db()
    assert handed_in.state == AssignmentState.SUBMITTED
    assert (OutboxMessage.objects.count(), Remark.objects.count()) == (0, 0)
    assert survey.asked_questions.filter(question_id="new").count() == 1


def test_harmful_changes_give_back_those_that_they_touch_and_no_others() -> None:
    touched, spared, idle = OrganizationFactory.create_batch(3)
    told = person_at(touched)
    for organization in (spared, idle):
        person_at(organization)
    survey = running_survey(touched, spared, idle)
    submitted(assignment_of(survey, touched), told, form="1")
    submitted(assignment_of(survey, spared))
    revise(survey, form=None)
    until = survey.due_on + timedelta(days=9)

    effects = publish_revision(survey, by=approver_of(survey), confirmed=True, until=until)

    back = assignment_of(survey, touched)
    assert [(e.change.question_id, e.answers) for e in effects.harmful] == [("form", 1)]
    assert (back.state, back.receipt_number, back.extended_to) == (
        AssignmentState.RETURNED,
        None,
        until,
    )
    ended = back.submissions.get()
    assert (ended.end_reason, ended.ended_at is not None) == (
        "調査票の改訂：誤記があったため。",
        True,
    )
    remark = back.remarks.get()
    assert (remark.question_id, remark.stage) == ("", Stage.MINISTRY)
    assert remark.text == "調査票の改訂：運営の形　削除します。"
    assert back.answers.filter(field="form").count() == 1
    assert assignment_of(survey, spared).state == AssignmentState.SUBMITTED
    assert assignment_of(survey, idle).state == AssignmentState.NOT_STARTED
    assert list(OutboxMessage.objects.values_list("kind", "person")) == [
        ("survey_revised", told.pk)
    ]
    submit(back, by=told)


def test_narrower_limits_touch_only_what_they_refuse() -> None:
    many, few = OrganizationFactory.create_batch(2)
    survey = running_survey(many, few)
    submitted(assignment_of(survey, many), staff="30")
    submitted(assignment_of(survey, few), staff="3")
    revision = revise(survey, staff={"max": 20})

    (effect,) = effects_of(revision).harmful

    assert (effect.answers, set(effect.assignments)) == (1, {assignment_of(survey, many).pk})


def test_a_new_required_question_touches_all_who_have_begun() -> None:
    begun, done, idle, nothing = OrganizationFactory.create_batch(4)
    survey = running_survey(begun, done, idle, nothing)
    answer(assignment_of(survey, begun), person_at(begun), staff="3")
    submitted(assignment_of(survey, done))
    Assignment.objects.filter(organization=nothing).update(
        state=AssignmentState.NOT_APPLICABLE,
        not_applicable_reason="対象がない。",
        submitted_at=timezone.now(),
        submitted_by=survey.created_by,
        receipt_number="x",
    )
    revision = revise(survey, new={**QUESTION, "required": True})

    publish_revision(survey, by=approver_of(survey), confirmed=True)

    assert effects_of_published(revision) == {begun.pk, done.pk}
    states = dict(survey.assignments.values_list("organization", "state"))
    assert states == {
        begun.pk: AssignmentState.DRAFTING,
        done.pk: AssignmentState.RETURNED,
        idle.pk: AssignmentState.NOT_STARTED,
        nothing.pk: AssignmentState.NOT_APPLICABLE,
    }


def effects_of_published(revision: QuestionnaireRevision) -> set[int]:
    rows = Remark.objects.filter(question_id="new", assignment__revision=revision)
    return set(rows.values_list("assignment__organization", flat=True))


def test_what_waits_for_its_approval_goes_back_inside() -> None:
    village = OrganizationFactory.create()
    officer = person_at(village)
    survey = running_survey(village)
    asked = assignment_of(survey, village)
    answer(asked, officer, staff="3", desk="false", form="1")
    Assignment.objects.update(
        state=AssignmentState.AWAITING_APPROVAL, requested_at=timezone.now(), requested_by=officer
    )
    revise(survey, form=None)

    publish_revision(survey, by=approver_of(survey), confirmed=True)

    assert assignment_of(survey, village).state == AssignmentState.RETURNED_INSIDE


def test_a_later_deadline_is_never_shortened() -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    submitted(assignment_of(survey, village), form="1")
    revise(survey, form=None)
    today = timezone.localdate()

    publish_revision(survey, by=approver_of(survey), confirmed=True, until=today)

    assert assignment_of(survey, village).extended_to == (None if survey.due_on >= today else today)


def test_what_is_not_published() -> None:
    survey = running_survey(OrganizationFactory.create())
    submitted(Assignment.objects.with_survey().get(), form="1")
    approver = approver_of(survey)
    with pytest.raises(Stale):
        publish_revision(survey, by=approver)
    revision = begin_revision(survey, by=survey.created_by, reason="誤記")
    with pytest.raises(Refused, match="変更した点がありません"):
        publish_revision(survey, by=approver)
    survey.revisions.filter(pk=revision.pk).update(document=changed(form=None))
    with pytest.raises(Refused, match="影響を確かめた"):
        publish_revision(survey, by=approver)
    past = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="今日以後"):
        publish_revision(survey, by=approver, confirmed=True, until=past)
    with pytest.raises(Stale):
        publish_revision(survey, by=approver, confirmed=True, mark="old")
    survey.revisions.filter(pk=revision.pk).update(document={"sections": [], "rules": []})
    with pytest.raises(Refused, match="公開できません"):
        publish_revision(survey, by=approver, confirmed=True)

    assert survey.revisions.filter(published_at__isnull=False).count() == 1


def test_two_people_revise() -> None:
    survey = running_survey(OrganizationFactory.create())
    both = survey.created_by
    revise(survey, staff={"label": "常勤"})
    editor = person_at(survey.division)
    survey.revisions.filter(number=2).update(edited_by=editor)
    strangers = [both, editor, person_at(survey.division, Role.DRAFTER)]

    for person in [*strangers, person_at(DivisionFactory.create())]:
        with pytest.raises(PermissionDenied):
            publish_revision(survey, by=person)
    with pytest.raises(PermissionDenied):
        begin_revision(survey, by=approver_of(survey), reason="誤記")
    with pytest.raises(PermissionDenied):
        discard_revision(survey, by=approver_of(survey))

    publish_revision(survey, by=approver_of(survey), mark=whole_mark(survey))


def test_a_revision_is_given_up() -> None:
    survey = running_survey(OrganizationFactory.create())
    begin_revision(survey, by=survey.created_by, reason="誤記")

    discard_revision(survey, by=survey.created_by)

    assert survey.revisions.count() == 1
    with pytest.raises(Stale):
        discard_revision(survey, by=survey.created_by)
    assert begin_revision(survey, by=survey.created_by, reason="誤記").number == 2


def test_nothing_is_published_while_the_survey_is_closed() -> None:
    survey = running_survey(OrganizationFactory.create())
    revise(survey, staff={"label": "常勤"})
    close_survey(survey, by=survey.created_by)

    with pytest.raises(Stale):
        publish_revision(survey, by=approver_of(survey))


@pytest.mark.parametrize("size", [1, 3])
def test_publishing_costs_the_same_for_one_and_for_three(
    size: int, django_assert_num_queries: Any
) -> None:
    villages = OrganizationFactory.create_batch(size)
    survey = running_survey(*villages)
    for village in villages:
        submitted(assignment_of(survey, village), form="1")
    revise(survey, form=None)
    approver = approver_of(survey)

    with django_assert_num_queries(24):
        publish_revision(survey, by=approver, confirmed=True, until=survey.due_on)


@pytest.mark.django_db(transaction=True)
def test_a_submission_under_way_is_seen_or_meets_the_new_questions() -> None:
    survey, results = _submitting_beside_publishing()

    asked = survey.assignments.get()
    published, receipt = results
    assert not isinstance(published, Exception)
    if isinstance(receipt, Exception):
        assert asked.state == AssignmentState.DRAFTING
    else:
        assert asked.state in (AssignmentState.RETURNED, AssignmentState.SUBMITTED)
        assert (
            asked.state == AssignmentState.RETURNED
            or load_response(assignment_of(survey, asked.organization)).evaluation.ready
        )


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_an_incomplete_response_stays_handed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_locks(monkeypatch)
    survey, _ = _submitting_beside_publishing()

    asked = survey.assignments.get()
    complete = load_response(assignment_of(survey, asked.organization)).evaluation.ready
    assert (asked.state, complete) == (AssignmentState.SUBMITTED, False)


def _submitting_beside_publishing() -> tuple[Survey, list[Any]]:
    """A new required question comes while a response without it is handed in: only submitting
    writes the state, so it waits there for as long as it takes to publish.
    """
    village = OrganizationFactory.create()
    officer = person_at(village)
    survey = running_survey(village)
    asked = assignment_of(survey, village)
    answer(asked, officer, staff="3", desk="false")
    revise(survey, new={**QUESTION, "required": True})
    approver = approver_of(survey)
    results = at_once(
        [
            lambda: publish_revision(survey, by=approver, confirmed=True),
            lambda: submit(asked, by=officer),
        ],
        before='UPDATE "surveys_assignment" SET "state"',
    )
    return survey, results


def test_opening_a_copy_of_a_revised_survey_asks_the_newest_questions() -> None:
    survey = running_survey(OrganizationFactory.create())
    revise(survey, new=QUESTION)
    publish_revision(survey, by=approver_of(survey))

    fresh = draft_survey(OrganizationFactory.create(), document=changed(new=QUESTION))
    open_survey(fresh, by=fresh.created_by)

    assert fresh.state == SurveyState.OPEN
    assert fresh.asked_questions.count() == survey.asked_questions.count() == 10
