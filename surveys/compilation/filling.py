"""Each response as cells, in the order of the columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from onepublic.workbook import Cell
from surveys.compilation.cells import Convert, is_plain
from surveys.compilation.codes import NONE_APPLIES, NOT_APPLICABLE
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.rows import ResponseRow
from surveys.questionnaire import Questionnaire, ValueKind, evaluate, to_json, visible_fields_of
from surveys.states import HANDED_IN_STATES

_AS_IT_IS: Final = frozenset({str, int, float})
_REMEMBERED: Final = frozenset({str, bool})
_FEW: Final = frozenset({ValueKind.CHOICE, ValueKind.BOOLEAN, ValueKind.DATE})
_NONE: Final[frozenset[type]] = frozenset()


class _Memory(dict[object, Cell]):
    """What texts and truths have become before: few in a column of choices or days."""

    def __init__(self, convert: Convert) -> None:
        self._convert = convert

    def __missing__(self, value: object) -> Cell:
        self[value] = cell = self._convert(value)
        return cell


class _Column(NamedTuple):
    """The key of a field, the types of values that are their own cells, those that are remembered,
    and the function for all others.
    """

    key: str
    as_it_is: frozenset[type]
    remembered: frozenset[type]
    memory: _Memory
    convert: Convert

    @classmethod
    def of(cls, column: AnswerColumn, file_names: Mapping[str, str]) -> "_Column":
        convert, kind = column.converter(file_names), column.field.kind
        as_it_is = _AS_IT_IS if is_plain(column.field) else _NONE
        remembered = _REMEMBERED if kind in _FEW else _NONE
        return cls(column.field.key, as_it_is, remembered, _Memory(convert), convert)


@dataclass(frozen=True, slots=True)
class Filled:
    """One organization asked; ``cells`` is None until it has handed in."""

    row: ResponseRow
    cells: list[Cell] | None


def filled(
    questionnaire: Questionnaire,
    columns: Sequence[AnswerColumn],
    rows: Iterable[ResponseRow],
    file_names: Mapping[str, str],
) -> Iterator[Filled]:
    """Every row with its cells, evaluated by ``questionnaire``, the revision in force."""
    cells = [_Column.of(each, file_names) for each in columns]
    removed = {each.field.key for each in columns if each.removed}
    for row in rows:
        if row.state not in HANDED_IN_STATES:
            yield Filled(row, None)
        elif row.nothing_applies:
            yield Filled(row, [NONE_APPLIES] * len(cells))
        else:
            yield Filled(row, _cells(questionnaire, cells, removed, row))


def _cells(
    questionnaire: Questionnaire,
    cells: Sequence[_Column],
    removed: set[str],
    row: ResponseRow,
) -> list[Cell]:
    """Of a question that was removed, what was answered before that."""
    known, visible = known_and_visible(questionnaire, removed, row)
    get: Callable[[str], Any] = known.get
    # This runs a million times: what needs no call gets none.
    return [
        NOT_APPLICABLE
        if key not in visible
        else value
        if (value := get(key)) is None or type(value) in as_it_is
        else memory[value]
        if type(value) in remembered
        else convert(value)
        for key, as_it_is, remembered, memory, convert in cells
    ]


def known_and_visible(
    questionnaire: Questionnaire, removed: set[str], row: ResponseRow
) -> tuple[Mapping[str, object], set[str]]:
    """The stored and calculated values by key, and which fields the organization was shown."""
    stored = row.answers or {}
    visible = visible_fields_of(questionnaire, stored, row.respondent, previous=row.previous)
    return _with_calculated(questionnaire, stored, visible, row), visible | removed


def _with_calculated(
    questionnaire: Questionnaire,
    stored: dict[str, object],
    visible: set[str],
    row: ResponseRow,
) -> dict[str, object]:
    """What was stored when it was submitted counts, also of calculated numbers."""
    calculated_keys = questionnaire.calculated_keys
    if all(key in stored or key not in visible for key in calculated_keys):
        return stored
    found = evaluate(questionnaire, stored, row.respondent, previous=row.previous)
    return {key: to_json(number) for key, number in found.calculated.items()} | stored
