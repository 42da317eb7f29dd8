"""A response in Excel, away from the portal: the workbook, and what taking it over would change."""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, Final, cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from onepublic.core.wareki import wareki
from surveys.answerbook import (
    BookReading,
    Cover,
    Differences,
    Identity,
    compare,
    read_answer_book,
    write_answer_book,
)
from surveys.answerbook import Response as Written
from surveys.models import AnswerUpload, Assignment
from surveys.questionnaire import evaluate
from surveys.responses import Response, questionnaire_of, respondent_of

HANDED_AWAY: Final = "この節は別の課室に入力を依頼しているため、反映できません。"


def write_book(response: Response, file_names: Mapping[str, str]) -> BinaryIO:
    """The answer workbook as an open temporary file; ``file_names`` of attached files by id."""
    assignment = response.assignment
    written = Written(
        response.questionnaire,
        respondent_of(assignment.organization),
        {key: (held.value, held.revision) for key, held in response.answers.items()},
        file_names,
        carried={key for key, held in response.answers.items() if held.is_unconfirmed},
    )
    with ExitStack() as unfinished:
        target = cast(BinaryIO, unfinished.enter_context(TemporaryFile()))
        write_answer_book(target, written, identity_of(assignment), _cover(assignment))
        target.seek(0)
        unfinished.pop_all()  # closed by whoever sends it
    return target


def read_book(source: BinaryIO, assignment: Assignment) -> BookReading:
    """What a filled workbook says. Raises WorkbookRefused."""
    questionnaire = questionnaire_of(assignment.revision)
    return read_answer_book(source, questionnaire, identity_of(assignment))


def identity_of(assignment: Assignment) -> Identity:
    """Which response a workbook belongs to."""
    return Identity(
        assignment.pk,
        assignment.survey_id,
        assignment.organization.code,
        assignment.revision.number,
    )


def differences_of(
    upload: AnswerUpload, response: Response, *, closed: Collection[str]
) -> Differences:
    """What taking the upload over would change now; ``closed`` sections are with others."""
    questionnaire = response.questionnaire

    def why_kept(key: str) -> str:
        field = questionnaire.fields_by_key[key]
        section = questionnaire.section_by_question[field.question.id]
        return HANDED_AWAY if section.id in closed else ""

    return compare(
        questionnaire,
        respondent_of(response.assignment.organization),
        BookReading.from_json(upload.reading).entries,
        {key: (held.value, held.revision) for key, held in response.answers.items()},
        previous=response.previous,
        why_kept=why_kept,
    )


def chosen_values(
    found: Differences, response: Response, mine: Collection[str]
) -> dict[str, object]:
    """What is written when the conflicts are decided so: without what that decision hides."""
    values = {c.key: c.mine for c in found.changes if not c.in_conflict or c.key in mine}
    visible = evaluate(
        response.questionnaire,
        {**response.values, **values},
        respondent_of(response.assignment.organization),
        previous=response.previous,
    ).visible_fields
    return {key: value for key, value in values.items() if value is None or key in visible}


def _cover(assignment: Assignment) -> Cover:
    survey = assignment.survey
    made_at = timezone.localtime()
    return Cover(
        title=survey.title,
        organization=assignment.organization.full_name,
        deadline=f"{wareki(assignment.extended_to or survey.due_on)}24時まで",
        asked_by=survey.division.full_name,
        contact=survey.contact or survey.division.full_name,
        purpose=survey.purpose,
        made_at=f"{wareki(made_at.date())}{made_at:%H時%M分}",
        address=settings.PORTAL_URL + reverse("surveys:answer_book", args=[assignment.pk]),
    )
