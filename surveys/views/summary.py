"""A whole response in words, for the review page, the receipt and whoever reads it later."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from onepublic.files.models import StoredFile
from surveys.questionnaire import Field, Level, Question, Section
from surveys.responses import Response
from surveys.views.loading import visible_sections
from surveys.views.marks import first_input, is_proxied, message_text, table_totals
from surveys.views.showing import shown


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer; a table has rows (label, cells, total) instead of text."""

    question: Question
    text: str
    notes: list[tuple[str, str]]
    files: list[StoredFile]
    rows: list[tuple[str, list[str], str]]
    column_totals: list[str]
    grand_total: str
    question_fields: tuple[Field, ...] = ()
    is_proxied: bool = False


@dataclass(frozen=True, slots=True)
class LinkedFinding:
    """Something to look at, with the address of the input that it is about."""

    rule_id: str | None
    label: str
    text: str
    url: str


def answer_lines(
    response: Response, files: Mapping[str, StoredFile]
) -> list[tuple[Section, list[Line]]]:
    """The visible sections with their visible questions, as far as these have an answer."""
    visible = response.evaluation.visible_questions
    fields_of = response.questionnaire.fields_of
    return [
        (
            section,
            [
                _line(response, question, files)
                for question in section.questions
                if question.id in visible and fields_of(question.id)
            ],
        )
        for section in visible_sections(response)
    ]


def linked_findings(response: Response, *, stopping: bool) -> list[LinkedFinding]:
    """What stops submitting, or else the warnings, in the order of the questionnaire; values of
    the last round that nobody confirmed stop it as well, behind all others.
    """
    found = [
        LinkedFinding(
            rule_id=finding.rule_id,
            label=response.questionnaire.question(finding.question_id).label,
            text=finding.message
            if finding.level is Level.WARNING
            else message_text(response, finding),
            url=_url(
                response, finding.question_id, first_input(response, finding, finding.question_id)
            ),
        )
        for finding in response.evaluation.findings
        if (finding.level is not Level.WARNING) == stopping
    ]
    return [*found, *_unconfirmed(response)] if stopping else found


def _unconfirmed(response: Response) -> list[LinkedFinding]:
    """One line for each question, however many cells it has."""
    fields = {f.question.id: f for f in map(response.questionnaire.field, response.unconfirmed)}
    return [
        LinkedFinding(
            rule_id=None,
            label=field.question.label,
            text="前回の値のままです。内容を確かめて、確定してください。",
            url=_url(response, question_id, f"q-{question_id}"),
        )
        for question_id, field in fields.items()
    ]


def _url(response: Response, question_id: str, anchor: str) -> str:
    section = response.questionnaire.section_by_question[question_id]
    page = reverse("surveys:section", args=[response.assignment.pk, section.id])
    return f"{page}?check=1#{anchor}"


def _line(response: Response, question: Question, files: Mapping[str, StoredFile]) -> Line:
    visible = response.evaluation.visible_fields
    fields = tuple(f for f in response.questionnaire.fields_of(question.id) if f.key in visible)
    stored = response.values
    table = question.table
    totals = table_totals(response, question)
    ids = stored.get(question.id) if question.type == "file" else None
    return Line(
        question=question,
        text="" if table or ids else _text(question, fields, stored),
        notes=_notes(fields, stored),
        files=[files[part] for part in ids if part in files] if isinstance(ids, list) else [],
        rows=_rows(question, fields, stored, totals.rows),
        column_totals=[_of_unit(totals.columns.get(c.id, ""), c.unit) for c in table.columns]
        if table
        else [],
        grand_total=_of_unit(totals.grand, table.unit) if table else "",
        question_fields=fields,
        is_proxied=is_proxied(response, fields),
    )


def _text(question: Question, fields: tuple[Field, ...], stored: Mapping[str, object]) -> str:
    """The answer in words; of a matrix a line for each row."""
    if question.type == "matrix":
        return "\n".join(
            f"{field.row.label}：{shown(field, stored.get(field.key)) or '（空欄）'}"
            for field in fields
            if field.row
        )
    return shown(fields[0], stored.get(question.id)) if fields else ""


def _notes(fields: tuple[Field, ...], stored: Mapping[str, object]) -> list[tuple[str, str]]:
    """The free texts of chosen options."""
    return [
        (field.option.free_text.label, shown(field, stored.get(field.key)))
        for field in fields
        if field.option is not None and field.option.free_text is not None
    ]


def _rows(
    question: Question,
    fields: tuple[Field, ...],
    stored: Mapping[str, object],
    totals: Mapping[str, str],
) -> list[tuple[str, list[str], str]]:
    table = question.table
    if table is None:
        return []
    cells = {(f.row, f.column): shown(f, stored.get(f.key)) for f in fields}
    existing = {field.row for field in fields}
    return [
        (
            row.label,
            [cells.get((row, column), "／") for column in table.columns],
            _of_unit(totals.get(row.id, ""), table.unit),
        )
        for row in table.rows
        if row in existing or not table.dynamic
    ]


def _of_unit(total: str, unit: str) -> str:
    return f"{total}{unit}" if total else ""
