"""Whoever calls a verb, by a page or otherwise: it asks for the role itself."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from surveys.actions import (
    attach_file,
    cancel_compilation,
    close_survey,
    create_survey,
    detach_file,
    give_warning_reasons,
    open_survey,
    request_compilation,
    save_answers,
    submit,
)
from surveys.models import Answer, Assignment, Survey
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.surveys import DOCUMENT, assignment, draft_survey

pytestmark = pytest.mark.django_db

ANSWERING: dict[str, Callable[[Assignment, User], object]] = {
    "save": lambda asked, by: save_answers(asked, by=by, changes={"staff": ("1", 0)}),
    "attach": lambda asked, by: attach_file(
        asked, by=by, field_key="plan", uploaded=SimpleUploadedFile("計画.txt", b"a")
    ),
    "detach": lambda asked, by: detach_file(asked, by=by, field_key="plan", file_id=uuid4()),
    "explain": lambda asked, by: give_warning_reasons(asked, by=by, reasons={"few": "理由"}),
    "submit": lambda asked, by: submit(asked, by=by),
}
RUNNING: dict[str, Callable[[Survey, User], object]] = {
    "open": lambda survey, by: open_survey(survey, by=by),
    "close": lambda survey, by: close_survey(survey, by=by),
    "compile": lambda survey, by: request_compilation(survey, by=by),
}


@pytest.mark.parametrize("verb", ANSWERING.values(), ids=ANSWERING)
def test_only_drafters_and_approvers_of_the_asked_answer(
    verb: Callable[[Assignment, User], object],
) -> None:
    asked = assignment()
    strangers = [person_at(asked.organization, Role.VIEWER), asked.survey.created_by]
    before = AuditEvent.objects.count()

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            verb(asked, stranger)

    assert (Answer.objects.count(), AuditEvent.objects.count()) == (0, before)


@pytest.mark.parametrize("verb", RUNNING.values(), ids=RUNNING)
def test_only_drafters_and_approvers_of_the_division_run_it(
    verb: Callable[[Survey, User], object],
) -> None:
    survey = draft_survey()
    strangers = [person_at(survey.division, Role.VIEWER), person_at(DivisionFactory.create())]
    before = AuditEvent.objects.count()

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            verb(survey, stranger)

    assert AuditEvent.objects.count() == before


def test_a_compilation_is_cancelled_by_those_who_run_the_survey() -> None:
    survey = assignment().survey
    compilation = request_compilation(survey, by=survey.created_by)

    with pytest.raises(PermissionDenied):
        cancel_compilation(compilation, by=person_at(survey.division, Role.VIEWER))


def test_a_survey_is_drafted_in_a_division_of_ones_own() -> None:
    division, other = DivisionFactory.create_batch(2)

    with pytest.raises(PermissionDenied):
        create_survey(
            DOCUMENT,
            by=person_at(other),
            division=division,
            title="調査",
            fiscal_year=2026,
            opens_on="2026-11-01",
            due_on="2026-12-11",
        )

    assert Survey.objects.count() == 0
