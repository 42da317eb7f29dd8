"""The numbers of one column, one place per response, in as little memory as they allow."""

from array import array
from collections.abc import Callable, Sequence
from math import nan
from typing import Any, Final

from onepublic.workbook import Cell

Pick = Callable[[Sequence[Any]], Sequence[Any]]
_NO_NUMBER: Final = -(2**31)


class Numbers:
    """Four bytes each while all are whole and not too large, as counts are; else eight."""

    def __init__(self) -> None:
        self._whole: array[int] | None = array("i")
        self._any: array[float] = array("d")

    def extend(self, cells: Sequence[Cell]) -> None:
        """Take in the cells of some more responses; what is no number keeps its place empty."""
        if self._whole is not None:
            try:
                self._whole.extend(array("i", map(_whole, cells)))
            except (OverflowError, TypeError):
                self._any.extend(nan if each == _NO_NUMBER else each for each in self._whole)
                self._whole = None
            else:
                return
        self._any.extend([each if isinstance(each, int | float) else nan for each in cells])

    def picked(self, pick: Pick) -> Sequence[float]:
        """Those of the responses that ``pick`` takes out of a sequence."""
        if self._whole is not None:
            return [each for each in pick(self._whole) if each != _NO_NUMBER]
        return [each for each in pick(self._any) if each == each]


def _whole(cell: Cell) -> Any:
    """What an array of integers takes in place of the cell, or refuses."""
    if type(cell) is int:
        return cell if cell != _NO_NUMBER else None
    return None if isinstance(cell, int | float) else _NO_NUMBER
