"""What all responses say of one column, held compactly until it is counted by group."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import IntEnum
from operator import itemgetter
from typing import Final

from onepublic.workbook import Cell
from surveys.compilation.cells import BETWEEN
from surveys.compilation.codes import NoneApplies, NotApplicable
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.numbers import Numbers, Pick
from surveys.questionnaire import ValueKind
from surveys.questionnaire.kinds.boolean import NO, YES


class Mark(IntEnum):
    """How a cell stands."""

    ANSWERED = 0
    BLANK = 1
    NONE = 2
    NOT_APPLICABLE = 3


class _Marks(dict[type, int]):
    def __missing__(self, kind: type) -> int:
        return Mark.ANSWERED


_MARKS: Final = _Marks(
    {type(None): Mark.BLANK, NoneApplies: Mark.NONE, NotApplicable: Mark.NOT_APPLICABLE}
)
_CHOSEN: Final = frozenset({ValueKind.CHOICE, ValueKind.CHOICES, ValueKind.RANKING})


class _Numbering(dict[object, int]):
    """A number for each distinct value, in order of appearance."""

    def __missing__(self, value: object) -> int:
        self[value] = number = len(self)
        return number


class Tally:
    """One column: a mark per response, and what its kind lets be counted besides."""

    def __init__(self, column: AnswerColumn) -> None:
        self.column = column
        self.marks = bytearray()
        self.options = _options(column)
        self._numbers = Numbers() if column.field.kind is ValueKind.NUMBER else None
        self._texts = _Numbering()
        self._chosen = array("I")

    def extend(self, cells: Sequence[Cell]) -> None:
        """Take in the cells of some more responses."""
        self.marks.extend(map(_MARKS.__getitem__, map(type, cells)))
        if self._numbers is not None:
            self._numbers.extend(cells)
        elif self.options:
            self._chosen.extend(map(self._texts.__getitem__, cells))

    def marked(self, pick: Pick) -> Counter[int]:
        """How many of a group bear each mark."""
        return Counter(pick(self.marks))

    def numbers(self, pick: Pick) -> Sequence[float]:
        """The numbers of a group, where its responses have one."""
        return [] if self._numbers is None else self._numbers.picked(pick)

    def chosen(self, pick: Pick) -> dict[str, int]:
        """How many of a group chose each option, in their order; several may be chosen at once."""
        counts = dict.fromkeys(self.options, 0)
        texts = list(self._texts)
        for number, times in Counter(pick(self._chosen)).items():
            for option in options_in(texts[number], self.options):
                counts[option] += times
        return counts


def picker(members: Sequence[int]) -> Pick:
    """A function that takes the members of a group, at least one, out of a sequence."""
    if len(members) == 1:
        return lambda values: [values[members[0]]]
    return itemgetter(*members)


def _options(column: AnswerColumn) -> tuple[str, ...]:
    field = column.field
    if field.kind is ValueKind.BOOLEAN:
        return (YES, NO)
    if field.kind not in _CHOSEN:
        return ()
    return tuple(dict.fromkeys(option.label for option in field.options))


def options_in(text: object, options: Iterable[str]) -> list[str]:
    """Those of the options that a cell holds; none where it holds no answer."""
    if not isinstance(text, str) or isinstance(text, NoneApplies | NotApplicable):
        return []
    joined = f"{BETWEEN}{text}{BETWEEN}"
    return [option for option in options if f"{BETWEEN}{option}{BETWEEN}" in joined]
