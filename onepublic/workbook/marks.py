"""What calamine does not tell of a worksheet: how large it is, and which cells mislead.

An error (#REF!) and a formula that was never calculated look blank to it, a cell of 12.5 % is
0.125. So the XML is gone through once, looking at the starts of elements only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Final, TypeAlias
from xml.parsers import expat

_CHUNK: Final = 256 * 1024
_LONGEST_COLUMN: Final = 3  # XFD
_LONGEST_ROW: Final = 7
_CONTENT: Final = frozenset({"v", "is", "f"})

# Row and column, counted from 1.
Position: TypeAlias = tuple[int, int]


class Misplaced(ValueError):
    """A cell stands where no sheet has one, or the part is not XML."""


@dataclass(slots=True)
class Marks:
    """Cells that are errors, formulas, or shown in per cent; the last row and column in use."""

    errors: set[Position] = field(default_factory=set)
    formulas: set[Position] = field(default_factory=set)
    percents: set[Position] = field(default_factory=set)
    rows: int = 0
    columns: int = 0


def find_marks(part: IO[bytes], percent_styles: frozenset[str]) -> Marks:
    """Go through the XML of a worksheet; ``percent_styles`` are the numbers of such styles.

    Raises Misplaced.
    """
    reader = _Reader(percent_styles)
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    try:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Misplaced from error
    return reader.marks


class _Reader:
    def __init__(self, percent_styles: frozenset[str]) -> None:
        self.marks = Marks()
        self._percent_styles = percent_styles
        self._row = self._column = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = name.rpartition(":")[2]  # some programs write <x:c>
        if name == "c":
            self._cell(attributes)
        elif name in _CONTENT:
            self._content(name)
        elif name == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0

    def _cell(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self._row, self._column = position(attributes["r"])
        else:
            self._column += 1
        if attributes.get("t") == "e":
            self.marks.errors.add((self._row, self._column))
        elif attributes.get("s") in self._percent_styles:
            self.marks.percents.add((self._row, self._column))

    def _content(self, name: str) -> None:
        marks = self.marks
        marks.rows = max(marks.rows, self._row)
        marks.columns = max(marks.columns, self._column)
        if name == "f":
            marks.formulas.add((self._row, self._column))


def position(reference: str) -> Position:
    """``C12`` as (12, 3). Raises Misplaced."""
    letters = reference.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= _LONGEST_COLUMN):
        raise Misplaced(reference[:20])
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return _number(reference[len(letters) :]), column


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_ROW):
        raise Misplaced(digits[:20])
    return int(digits)
