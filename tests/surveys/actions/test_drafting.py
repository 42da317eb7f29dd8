from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.audience import AudienceRule
from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from surveys.actions import (
    begin_survey,
    create_survey,
    edit_survey,
    set_survey_audience,
    take_over_questions,
)
from surveys.fingerprint import frame_mark
from surveys.models import Survey
from surveys.states import SurveyState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import DOCUMENT, draft_survey, running_survey, survey_in_review
from tests.surveys.racing import at_once
from tests.unguarded import without_unique

pytestmark = pytest.mark.django_db

FRAME: dict[str, Any] = {
    "title": "窓口の調査",
    "purpose": "",
    "fiscal_year": 2026,
    "opens_on": date(2026, 12, 1),
    "due_on": date(2026, 12, 25),
}


@pytest.fixture
def drafter() -> User:
    return person_at(DivisionFactory.create(), Role.DRAFTER)


def division_of(user: User) -> Any:
    return user.active_memberships[0].division


def test_a_survey_begins_empty(drafter: User) -> None:
    survey = begin_survey(by=drafter, division=division_of(drafter), frame=FRAME)

    revision = survey.revisions.get()
    assert (survey.state, survey.title, survey.audience) == (
        SurveyState.DRAFT,
        "窓口の調査",
        AudienceRule(),
    )
    assert (revision.number, revision.document) == (1, {"sections": [], "rules": []})
    assert survey.reminder_days == [-7, -1, 3]


def test_a_copy_reminds_on_the_days_of_its_source(drafter: User) -> None:
    source = draft_survey(division=division_of(drafter), by=drafter, reminder_days=[0])

    survey = begin_survey(by=drafter, division=division_of(drafter), frame=FRAME, source=source)

    assert survey.reminder_days == [0]


def test_the_same_form_sent_twice_makes_one_draft(drafter: User) -> None:
    begin = {"by": drafter, "division": division_of(drafter), "frame": FRAME, "key": uuid4()}

    first, second = (begin_survey(**begin) for _ in range(2))

    assert first == second
    assert (Survey.objects.count(), first.revisions.count()) == (1, 1)
    assert AuditEvent.objects.count() == 1


def test_what_was_changed_before_the_second_press_is_not_lost(drafter: User) -> None:
    begin = {"by": drafter, "division": division_of(drafter), "key": uuid4()}
    begin_survey(**begin, frame=FRAME)

    with pytest.raises(Refused, match="すでに下書きを保存しています"):
        begin_survey(**begin, frame=FRAME | {"title": "別の調査"})


def test_another_persons_key_opens_nothing(drafter: User) -> None:
    division, key = division_of(drafter), uuid4()
    begin_survey(by=drafter, division=division, frame=FRAME, key=key)

    with pytest.raises(PermissionDenied):
        begin_survey(by=person_at(division, Role.DRAFTER), division=division, frame=FRAME, key=key)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_draft(drafter: User) -> None:
    first, second = _begun_twice_at_once(drafter)

    assert first == second
    assert Survey.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_unique_key_they_would_make_two(drafter: User) -> None:
    with without_unique("surveys_survey", "draft_key"):
        first, second = _begun_twice_at_once(drafter)

        assert first != second


def _begun_twice_at_once(drafter: User) -> list[Any]:
    division, key = division_of(drafter), uuid4()
    return at_once(
        [lambda: begin_survey(by=drafter, division=division, frame=FRAME, key=key)] * 2,
        before='INSERT INTO "surveys_survey"',
    )


def test_a_copy_takes_the_questions_under_the_same_ids_and_the_audience(drafter: User) -> None:
    village = OrganizationFactory.create()
    source = running_survey(village, division=division_of(drafter))

    survey = begin_survey(by=drafter, division=source.division, frame=FRAME, source=source)

    assert survey.revisions.get().document == DOCUMENT
    assert survey.audience == AudienceRule(codes=[village.code])
    event = AuditEvent.objects.get(action="survey.created", target_id=survey.pk)
    assert event.detail == {"copied_from": source.pk}


@pytest.mark.parametrize("role", [Role.APPROVER, Role.VIEWER, Role.ORG_ADMIN])
def test_only_drafters_begin_one(role: Role) -> None:
    division = DivisionFactory.create()

    with pytest.raises(PermissionDenied):
        begin_survey(by=person_at(division, role), division=division, frame=FRAME)

    assert Survey.objects.count() == 0


def test_nobody_outside_the_ministry_begins_one() -> None:
    officer = person_at(OrganizationFactory.create())

    with pytest.raises(PermissionDenied):
        begin_survey(by=officer, division=division_of(officer), frame=FRAME)


def test_editing_is_recorded_with_the_fields_that_changed() -> None:
    survey = draft_survey()

    edit_survey(
        survey, by=survey.created_by, frame={"title": "新しい名称", "purpose": survey.purpose}
    )

    survey.refresh_from_db()
    assert survey.title == "新しい名称"
    event = AuditEvent.objects.get(action="survey.edited")
    assert (event.actor, event.detail) == (survey.created_by, {"fields": ["title"]})


def test_a_page_that_was_overtaken_changes_nothing() -> None:
    survey = draft_survey()
    seen = frame_mark(survey)
    edit_survey(survey, by=survey.created_by, frame={"title": "先の変更"}, mark=seen)

    with pytest.raises(Stale):
        edit_survey(survey, by=survey.created_by, frame={"title": "後の変更"}, mark=seen)
    with pytest.raises(Stale):
        set_survey_audience(survey, by=survey.created_by, rule=AudienceRule(), mark=seen)

    survey.refresh_from_db()
    assert survey.title == "先の変更"


def test_what_waits_for_approval_is_not_changed() -> None:
    survey = survey_in_review(OrganizationFactory.create())

    with pytest.raises(Stale):
        edit_survey(survey, by=survey.created_by, frame={"title": "別"})


def test_only_drafters_of_the_division_change_it() -> None:
    survey = draft_survey()
    strangers = [person_at(survey.division, Role.APPROVER), person_at(DivisionFactory.create())]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            edit_survey(survey, by=stranger, frame={"title": "別"})
        with pytest.raises(PermissionDenied):
            set_survey_audience(survey, by=stranger, rule=AudienceRule())
        with pytest.raises(PermissionDenied):
            take_over_questions(survey, by=stranger)


def test_the_audience_is_kept_as_a_rule() -> None:
    survey = draft_survey()
    rule = AudienceRule(kinds=["city"], prefectures=["13"])

    set_survey_audience(survey, by=survey.created_by, rule=rule)

    survey.refresh_from_db()
    assert survey.audience == rule
    assert AuditEvent.objects.get(action="survey.addressed").detail == {"rule": rule.to_json()}


def test_an_empty_questionnaire_takes_over_that_of_the_round_before(drafter: User) -> None:
    division = division_of(drafter)
    previous = running_survey(OrganizationFactory.create(), division=division)
    survey = begin_survey(by=drafter, division=division, frame=FRAME | {"previous": previous})

    take_over_questions(survey, by=drafter)

    document = survey.revisions.get().document
    assert {part: document[part] for part in DOCUMENT} == DOCUMENT


def test_questions_are_never_replaced_and_a_round_must_be_named(drafter: User) -> None:
    division = division_of(drafter)
    alone = begin_survey(by=drafter, division=division, frame=FRAME)
    full = create_survey(DOCUMENT, by=drafter, division=division, **FRAME | {"previous": alone})

    for survey in (alone, full):
        with pytest.raises(Refused):
            take_over_questions(survey, by=drafter)
