"""A section's questions as its page shows them: inputs, marks, totals, conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onepublic.files.models import StoredFile
from surveys.forms import INPUT
from surveys.questionnaire import Field, Question
from surveys.questionnaire.kinds import FilesAnswer
from surveys.responses import Response
from surveys.views.inputs import (
    Choice,
    Input,
    Rank,
    ShownRow,
    choices_of,
    line_hint,
    ranks_of,
    rows_of,
)
from surveys.views.marks import (
    Message,
    calculated_text,
    is_proxied,
    question_messages,
    table_totals,
    wrong_fields,
)
from surveys.views.showing import typed

TEMPLATES = {
    "single": "radio",
    "yesno": "radio",
    "multiple": "checkbox",
    "longtext": "longtext",
    "table": "table",
    "dynamic_table": "table",
    "file": "files",
    "scale": "scale",
    "ranking": "ranking",
    "matrix": "matrix",
    "organization": "organization",
    "calculated": "calculated",
    "note": "note",
    "image": "image",
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
class ShownQuestion:
    """One question with everything that its template needs."""

    question: Question
    template: str
    visible: bool
    messages: list[Message]
    conflicts: list[Conflict]
    input: Input | None
    choices: list[Choice]
    ranks: list[Rank]
    rows: list[ShownRow]
    column_totals: list[tuple[str, str]]
    grand_total: str
    files: FilesAnswer | None
    attached: list[StoredFile]
    calculated: str
    survey_id: int
    is_proxied: bool

    @property
    def hint(self) -> str:
        """How the value may be written."""
        return line_hint(self.question)

    @property
    def described_by(self) -> str:
        """The ids of help and messages, for aria-describedby."""
        ids = [f"help-{self.question.id}"] if self.question.help else []
        ids += [f"form-{self.question.id}"] if self.hint or self.question.allow_none else []
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
        choices=choices_of(question, inputs),
        ranks=ranks_of(question, inputs),
        rows=rows_of(question, inputs, totals.rows),
        column_totals=[(c.id, totals.columns.get(c.id, "")) for c in table.columns]
        if table and table.column_totals
        else [],
        grand_total=totals.grand,
        files=question.answer if isinstance(question.answer, FilesAnswer) else None,
        attached=_attached(response, question, files),
        calculated=calculated_text(response, question),
        survey_id=response.assignment.survey_id,
        is_proxied=is_proxied(response, fields),
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
    )
