"""A section's questions as its page shows them: inputs, marks, totals, conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onepublic.files.models import StoredFile
from surveys.forms import INPUT
from surveys.questionnaire import Field, Question, Row, ValueKind
from surveys.questionnaire.kinds import FilesAnswer, NumberAnswer, TextAnswer
from surveys.responses import Response
from surveys.views.marks import Message, question_messages, table_totals, wrong_fields
from surveys.views.showing import typed

TEMPLATES = {
    "single": "radio",
    "yesno": "radio",
    "multiple": "checkbox",
    "longtext": "longtext",
    "table": "table",
    "dynamic_table": "table",
    "file": "files",
    "note": "note",
}
PLAIN = "line"
"""The template of every type that one line of text can be typed for."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that another person wrote meanwhile: both values, in words; ``own``: the other
    person is the same one, in another window.
    """

    key: str
    label: str
    theirs: str
    yours: str
    writer: str
    time: str
    own: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One input. ``text`` is what it holds; ``longest`` the number of characters, if any."""

    field: Field
    name: str
    text: str | list[str]
    visible: bool
    wrong: bool
    mode: str
    longest: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice, with the text that it asks for when it is chosen."""

    value: str
    label: str
    checked: bool
    free_text: Input | None = None
    free_text_label: str = ""
    free_text_required: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its inputs by column (None where nothing is asked) and its total."""

    row: Row
    cells: list[Input | None]
    total: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question with everything that its template needs."""

    question: Question
    template: str
    visible: bool
    messages: list[Message]
    conflicts: list[Conflict]
    input: Input | None
    choices: list[Choice]
    rows: list[TableRow]
    column_totals: list[tuple[str, str]]
    grand_total: str
    files: FilesAnswer | None
    attached: list[StoredFile]

    @property
    def described_by(self) -> str:
        """The ids of help and messages, for aria-describedby."""
        ids = [f"help-{self.question.id}"] if self.question.help else []
        return " ".join([*ids, f"messages-{self.question.id}"])


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page shows besides what is stored: typed values that were not saved, and why."""

    unsaved: Mapping[str, str | list[str]] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    with_blanks: bool = False


def show_questions(
    response: Response,
    questions: tuple[Question, ...],
    draft: Draft,
    files: Mapping[str, StoredFile],
) -> list[ShownQuestion]:
    """The questions with their inputs as they should appear now; ``files`` by id."""
    wrong = wrong_fields(response, with_blanks=draft.with_blanks) | draft.refusals.keys()
    return [_show(response, question, draft, wrong, files) for question in questions]


def _show(
    response: Response,
    question: Question,
    draft: Draft,
    wrong: frozenset[str],
    files: Mapping[str, StoredFile],
) -> ShownQuestion:
    fields = response.questionnaire.fields_of(question.id)
    inputs = {each.key: _input(response, each, draft, wrong) for each in fields}
    totals = table_totals(response, question)
    table = question.table
    return ShownQuestion(
        question=question,
        template=f"surveys/questions/{TEMPLATES.get(question.type, PLAIN)}.html",
        visible=question.id in response.evaluation.visible_questions,
        messages=[
            *(Message("invalid", draft.refusals[f.key]) for f in fields if f.key in draft.refusals),
            *question_messages(response, question, with_blanks=draft.with_blanks),
        ],
        conflicts=[draft.conflicts[f.key] for f in fields if f.key in draft.conflicts],
        input=inputs[fields[0].key] if fields else None,
        choices=_choices(question, inputs),
        rows=_rows(question, inputs, totals.rows),
        column_totals=[(c.id, totals.columns.get(c.id, "")) for c in table.columns]
        if table and table.column_totals
        else [],
        grand_total=totals.grand,
        files=question.answer if isinstance(question.answer, FilesAnswer) else None,
        attached=_attached(response, question, files),
    )


def _attached(
    response: Response, question: Question, files: Mapping[str, StoredFile]
) -> list[StoredFile]:
    answer = response.answers.get(question.id)
    if answer is None or not isinstance(answer.value, list):
        return []
    return [files[part] for part in answer.value if part in files]


def _input(response: Response, each: Field, draft: Draft, wrong: frozenset[str]) -> Input:
    answer = response.answers.get(each.key)
    stored = typed(each, answer.value if answer else None)
    return Input(
        field=each,
        name=f"{INPUT}{each.key}",
        text=draft.unsaved.get(each.key, stored),
        visible=each.key in response.evaluation.visible_fields,
        wrong=each.key in wrong,
        mode=_mode(each),
        longest=each.answer.max_length if isinstance(each.answer, TextAnswer) else None,
    )


def _choices(question: Question, inputs: Mapping[str, Input]) -> list[Choice]:
    chosen = inputs[question.id].text if question.id in inputs else ""
    if question.type == "yesno":
        pairs = [("true", "はい"), ("false", "いいえ")]
        return [Choice(value, label, value == chosen) for value, label in pairs]
    return [
        Choice(
            option.value,
            option.label,
            option.value in chosen if isinstance(chosen, list) else option.value == chosen,
            inputs.get(f"{question.id}.{option.value}"),
            option.free_text.label if option.free_text else "",
            bool(option.free_text and option.free_text.required),
        )
        for option in question.options
    ]


def _rows(
    question: Question, inputs: Mapping[str, Input], totals: Mapping[str, str]
) -> list[TableRow]:
    table = question.table
    if table is None:
        return []
    return [
        TableRow(
            row,
            [inputs.get(f"{question.id}.{row.id}.{column.id}") for column in table.columns],
            totals.get(row.id, ""),
        )
        for row in table.rows
    ]


def _mode(each: Field) -> str:
    if isinstance(each.answer, NumberAnswer):
        return "decimal" if each.answer.decimals else "numeric"
    return "" if each.kind is ValueKind.FILES else "text"
