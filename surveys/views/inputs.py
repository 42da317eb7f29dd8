"""The inputs of a question, of every type, as its template needs them."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest

from surveys.questionnaire import Field, Matrix, Question, Row, ValueKind
from surveys.questionnaire.kinds import (
    NumberAnswer,
    RankingAnswer,
    ScaleAnswer,
    TextAnswer,
    YearAnswer,
)
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.kinds.formats import TextFormat
from surveys.questionnaire.values import NONE_LABEL

_YES_OR_NO = (("true", YES), ("false", NO))
_MODES = {TextFormat.EMAIL: "email", TextFormat.TEL: "tel", TextFormat.URL: "url"}
# So many rows stand ready in a table that grows: one to write in, after those that are used.
_SPARE_ROWS = 1


@dataclass(frozen=True, slots=True)
class Input:
    """One input. ``text`` is what it holds; ``longest`` the number of characters, if any."""

    field: Field
    name: str
    text: str | list[str]
    visible: bool
    wrong: bool

    @property
    def mode(self) -> str:
        """The keyboard that suits it, for ``inputmode``."""
        answer = self.field.answer
        if isinstance(answer, NumberAnswer):
            return "decimal" if answer.decimals else "numeric"
        if isinstance(answer, TextAnswer) and answer.format:
            return _MODES[answer.format]
        return "text"

    @property
    def longest(self) -> int | None:
        """The number of characters that it takes, None where there is no such limit."""
        answer = self.field.answer
        return answer.max_length if isinstance(answer, TextAnswer) else None

    @property
    def choices(self) -> list["Choice"]:
        """What one value is chosen from, in a cell or a row; none where it is typed."""
        pairs = [(option.value, option.label) for option in self.field.options]
        if self.field.kind is ValueKind.BOOLEAN:
            pairs = list(_YES_OR_NO)
        if pairs and self.field.question.allow_none:
            pairs.append((NONE_LABEL, NONE_LABEL))
        return [Choice(value, label, value == self.text) for value, label in pairs]


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
class ShownRow:
    """A row of a table or matrix: its inputs by column (None where nothing is asked), its total."""

    row: Row
    cells: list[Input | None]
    total: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """One place of a ranking, with the options to put there."""

    place: int
    choices: list[Choice]


def choices_of(question: Question, inputs: Mapping[str, Input]) -> list[Choice]:
    """The options of a choice or the steps of a scale, and 該当なし where the author allows it."""
    held = inputs[question.id].text if question.id in inputs else ""
    chosen = held if isinstance(held, list) else [held]
    found = _listed(question, inputs, chosen)
    if found and question.allow_none:
        found.append(Choice(NONE_LABEL, NONE_LABEL, NONE_LABEL in chosen))
    return found


def _listed(question: Question, inputs: Mapping[str, Input], chosen: list[str]) -> list[Choice]:
    if question.type == "yesno":
        return [Choice(value, label, value in chosen) for value, label in _YES_OR_NO]
    if isinstance(question.answer, ScaleAnswer):
        return [Choice(str(n), str(n), str(n) in chosen) for n in question.answer.steps]
    return [
        Choice(
            option.value,
            option.label,
            option.value in chosen,
            inputs.get(f"{question.id}.{option.value}"),
            option.free_text.label if option.free_text else "",
            bool(option.free_text and option.free_text.required),
        )
        for option in question.options
    ]


def ranks_of(question: Question, inputs: Mapping[str, Input]) -> list[Rank]:
    """The places of a ranking, the first one first."""
    if not isinstance(question.answer, RankingAnswer):
        return []
    held = inputs[question.id].text
    places = range(1, question.answer.max_rank + 1)
    options = question.answer.options
    return [
        Rank(place, [Choice(o.value, o.label, o.value == value) for o in options])
        for place, value in zip_longest(places, held[: len(places)], fillvalue="")
        if isinstance(place, int)
    ]


def rows_of(
    question: Question, inputs: Mapping[str, Input], totals: Mapping[str, str]
) -> list[ShownRow]:
    """The rows of a table or matrix; of one that grows those in use and one to write in."""
    if isinstance(question.answer, Matrix):
        rows = question.answer.rows
        return [ShownRow(row, [inputs[f"{question.id}.{row.id}"]]) for row in rows]
    table = question.table
    if table is None:
        return []
    found = [
        ShownRow(
            row,
            [inputs.get(f"{question.id}.{row.id}.{column.id}") for column in table.columns],
            totals.get(row.id, ""),
        )
        for row in table.rows
    ]
    return found[: _rows_in_use(found) + _SPARE_ROWS] if table.dynamic else found


def _rows_in_use(rows: list[ShownRow]) -> int:
    """Up to the last row that is asked for or holds something."""
    used = [
        number
        for number, row in enumerate(rows, 1)
        if any(cell and (cell.visible or cell.text) for cell in row.cells)
    ]
    return max(used, default=0)


def line_hint(question: Question) -> str:
    """How a line of text may be written, for types that read more than one way."""
    match question.answer:
        case YearAnswer(fiscal=fiscal):
            name = "年度" if fiscal else "年"
            return f"「令和8{name}」「R8」「2026」のいずれの書き方でも入力できます。"
    return _HINTS.get(question.type, "")


_HINTS = {
    "date": "「令和8年11月23日」「R8.11.23」「2026-11-23」のいずれの書き方でも入力できます。",
    "month": "「令和8年11月」「R8.11」「2026-11」のいずれの書き方でも入力できます。",
    "organization": "団体の名称を入力して候補から選ぶか、6桁の団体コードを入力してください。",
}
