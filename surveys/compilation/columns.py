"""The columns of the answers, and how the values of each field fill them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onepublic.workbook import Column, Format
from surveys.compilation.cells import Convert, cell_of
from surveys.questionnaire import Field, Questionnaire, ValueKind
from surveys.questionnaire.kinds import CalculatedAnswer, NumberAnswer, RankingAnswer, TextAnswer

REMOVED = "【改訂で削除】"

_PLACES = {0: Format.COUNT, 1: Format.ONE_PLACE, 2: Format.TWO_PLACES}
_WIDTHS = {
    ValueKind.TEXT: 24,
    ValueKind.NUMBER: 12,
    ValueKind.CHOICE: 18,
    ValueKind.CHOICES: 30,
    ValueKind.RANKING: 18,
    ValueKind.BOOLEAN: 10,
    ValueKind.DATE: 14,
    ValueKind.YEAR: 12,
    ValueKind.MONTH: 12,
    ValueKind.ORGANIZATION: 12,
    ValueKind.FILES: 24,
}
_AS_TYPED = (ValueKind.TEXT, ValueKind.MONTH, ValueKind.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column of the sheet: a field, or one rank of a field that ranks options; ``removed`` when
    the questionnaire in force has it no longer.
    """

    key: str
    label: str
    field: Field
    rank: int = 0
    removed: bool = False

    @property
    def column(self) -> Column:
        """Headed by the key and by the label with the unit."""
        unit = self.field.unit
        label = f"{self.label}（{unit}）" if unit else self.label
        label = f"{REMOVED}{label}" if self.removed else label
        width = 40 if _is_long(self.field) else _WIDTHS[self.field.kind]
        return Column((self.key, label), width, _format(self.field))

    def converter(self, file_names: Mapping[str, str]) -> Convert:
        """Return a function from the stored value of the field to the cell."""
        return cell_of(self.field, file_names, self.rank)


def joined_columns(
    revisions: Sequence[Questionnaire], rows: Mapping[str, int]
) -> list[AnswerColumn]:
    """The columns of all revisions, the one in force last: a field is the newest of its key, and
    one that was removed keeps its place behind the field that it followed.
    """
    joined: list[AnswerColumn] = answer_columns(revisions[-1].fields, rows)
    for questionnaire in reversed(revisions[:-1]):
        place = 0
        places = {column.key: number for number, column in enumerate(joined)}
        for column in answer_columns(questionnaire.fields, rows):
            if column.key in places:
                place = places[column.key] + 1
                continue
            joined.insert(place, replace(column, removed=True))
            places = {each.key: number for number, each in enumerate(joined)}
            place += 1
    return joined


def answer_columns(fields: Iterable[Field], rows: Mapping[str, int]) -> list[AnswerColumn]:
    """One column per field and rank, in order.

    Of a table to which rows are added, only as many rows as `rows` (question id → number) says
    that somebody has filled; at least one, so that its columns can be seen.
    """
    return [column for field in fields if _is_used(field, rows) for column in _of_field(field)]


def growing(revisions: Iterable[Questionnaire]) -> list[str]:
    """The ids of the questions that are tables to which rows are added."""
    tables = (q for each in revisions for q in each.questions if q.table and q.table.dynamic)
    return list(dict.fromkeys(question.id for question in tables))


def _is_used(field: Field, rows: Mapping[str, int]) -> bool:
    table = field.question.table
    if table is None or not table.dynamic or field.row is None:
        return True
    return int(field.row.id) <= max(1, table.min_rows, rows.get(field.question.id, 0))


def _of_field(field: Field) -> Iterator[AnswerColumn]:
    if not isinstance(field.answer, RankingAnswer):
        yield AnswerColumn(field.key, field.label, field)
        return
    for rank in range(1, field.answer.max_rank + 1):
        yield AnswerColumn(f"{field.key}.{rank}", f"{field.label}／{rank}位", field, rank)


def _is_long(field: Field) -> bool:
    return isinstance(field.answer, TextAnswer) and field.answer.multiline


def _format(field: Field) -> Format:
    answer = field.answer
    if isinstance(answer, NumberAnswer | CalculatedAnswer):
        grouped = isinstance(answer, CalculatedAnswer) or answer.grouped
        return _PLACES.get(answer.decimals, Format.GENERAL) if grouped else Format.GENERAL
    if _is_long(field):
        return Format.LONG_TEXT
    return Format.TEXT if field.kind in _AS_TYPED else Format.GENERAL
