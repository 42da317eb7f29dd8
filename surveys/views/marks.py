"""What an evaluation says at each question: messages, wrong fields, totals, states."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.forms import INPUT
from surveys.questionnaire import Field, Finding, Level, Question, SectionState, ValueKind
from surveys.questionnaire.kinds import ScaleAnswer
from surveys.responses import Response
from surveys.states import Origin
from surveys.views.showing import shown

EXPLAINABLE = "（事情がある場合は、確認画面で理由を入力すれば提出できます。）"
_SEVERAL = (ValueKind.CHOICE, ValueKind.CHOICES, ValueKind.BOOLEAN, ValueKind.RANKING)
SECTION_STATES = {
    SectionState.NOT_STARTED: ("未着手", "neutral"),
    SectionState.IN_PROGRESS: ("入力中", "info"),
    SectionState.CHECK_NEEDED: ("要確認", "warning"),
    SectionState.DONE: ("入力済み", "success"),
}


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong or doubtful at a question."""

    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Totals:
    """A table's totals in print: by row id, by column id, and of all; empty where blank."""

    rows: dict[str, str]
    columns: dict[str, str]
    grand: str


def question_messages(
    response: Response, question: Question, *, with_blanks: bool
) -> list[Message]:
    """What to say at a question: of every finding that concerns one of its fields.

    Blanks are told only on request: an unfinished section is no mistake yet.
    """
    keys = {field.key for field in response.questionnaire.fields_of(question.id)}
    return [
        Message(found.level, message_text(response, found))
        for found in response.evaluation.findings
        if not keys.isdisjoint(found.field_keys) and (with_blanks or found.level is not Level.BLANK)
    ]


def message_text(response: Response, found: Finding) -> str:
    """The finding in words, with the cell that it is about."""
    field = response.questionnaire.field(found.field_keys[0])
    if found.level is Level.INVALID and field.row and field.column:
        return f"{field.row.label}／{field.column.label}：{found.message}"
    if found.level is Level.WARNING and found.rule_id not in response.reasons:
        return f"{found.message}{EXPLAINABLE}"
    return found.message


def section_problems(
    response: Response, section_id: str, *, with_blanks: bool
) -> list[dict[str, str]]:
    """What to look at in one section, each with the id of the input that it is about; a rule over
    two sections is told in both, a warning until somebody has given the reason.
    """
    return [
        {
            "id": input_id(field),
            "label": field.question.label,
            "message": message_text(response, found),
        }
        for found in response.evaluation.findings
        if (with_blanks or found.level is not Level.BLANK) and found.rule_id not in response.reasons
        if (field := _first_in(response, found, section_id)) is not None
    ]


def _first_in(response: Response, found: Finding, section_id: str) -> Field | None:
    sections = response.questionnaire.section_by_question
    fields = (response.questionnaire.field(key) for key in found.field_keys)
    return next((each for each in fields if sections[each.question.id].id == section_id), None)


def first_input(response: Response, found: Finding, question_id: str) -> str:
    """The id of the first input of the question that the finding is about."""
    fields = [response.questionnaire.field(key) for key in found.field_keys]
    of_question = [field for field in fields if field.question.id == question_id]
    return input_id((of_question or fields)[0])


def input_id(field: Field) -> str:
    """The id of the field's input; of a choice or a ranking, of its first part."""
    has_parts = field.option is None and field.column is None and _has_parts(field)
    return f"{INPUT}{field.key}-0" if has_parts else f"{INPUT}{field.key}"


def _has_parts(field: Field) -> bool:
    return field.kind in _SEVERAL or isinstance(field.answer, ScaleAnswer)


def wrong_fields(response: Response, *, with_blanks: bool) -> frozenset[str]:
    """The keys of fields to mark as wrong."""
    marking = {Level.INVALID, Level.BLANK} if with_blanks else {Level.INVALID}
    found = (f for f in response.evaluation.findings if f.level in marking)
    return frozenset(key for finding in found for key in finding.field_keys)


def is_proxied(response: Response, fields: Iterable[Field]) -> bool:
    """Whether a prefecture wrote one of the values by proxy."""
    held = (response.answers[field.key] for field in fields if field.key in response.answers)
    return any(each.origin == Origin.PROXY and each.value is not None for each in held)


def table_totals(response: Response, question: Question) -> Totals:
    """The totals that the table asks for; blank while it is hidden or empty."""
    table = question.table
    totals = response.evaluation.totals.get(question.id)
    rows = {row.id: totals.rows.get(row.id) for row in table.rows} if table and totals else {}
    columns = (
        {column.id: totals.columns.get(column.id) for column in table.columns}
        if table and totals
        else {}
    )
    return Totals(
        rows={key: _printed(total) for key, total in rows.items()},
        columns={key: _printed(total) for key, total in columns.items()},
        grand=_printed(totals.grand) if totals else "",
    )


def _printed(total: object) -> str:
    return "" if total is None else f"{total:,}"


def calculated_text(response: Response, question: Question) -> str:
    """What a calculated question shows: its number with the unit; blank while it has none."""
    number = response.evaluation.calculated.get(question.id)
    if number is None:
        return ""
    return shown(response.questionnaire.fields_of(question.id)[0], number)
