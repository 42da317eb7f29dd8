"""The sheets of an XLSForm as rows of named cells, in one of its languages."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from onepublic.workbook.grids import Grid
from surveys.authoring.sheets.cells import plain
from surveys.authoring.slips import Slip

# Names that older forms use.
_ALIASES: Final[Mapping[str, str]] = {
    "relevance": "relevant",
    "calculate": "calculation",
    "caption": "label",
    "command": "type",
    "list name": "list_name",
    "constraint message": "constraint_message",
    "constraining message": "constraint_message",
    "value": "name",
}
_JAPANESE: Final = re.compile(r"日本|japan|\(ja\)|^ja$", re.IGNORECASE)
_OTHER_LANGUAGE: Final = "「{language}」の文は、取り込みません（「{chosen}」の文を使います）。"
UNKNOWN: Final = "「{name}」は、このポータルの調査票では表せないため、取り込みません。"

# Name and language ("" without one) of a column.
_Column = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row: its cells that are not blank, by name; of translated ones the chosen language."""

    sheet: str
    number: int
    cells: dict[str, str]
    columns: Mapping[str, int]
    used: set[str] = field(default_factory=set)

    def take(self, name: str) -> str:
        """The text of a cell, "" when it is blank; it counts as taken over."""
        self.used.add(name)
        return self.cells.get(name, "")

    def take_look(self, look: str) -> bool:
        """Whether the appearance holds a word, which then counts as taken over."""
        words = self.cells.get("appearance", "").split()
        if look in words:
            self.cells["appearance"] = " ".join(word for word in words if word != look)
        return look in words

    def slip(self, name: str, reason: str) -> Slip:
        """What is left out of a cell."""
        return Slip(self.sheet, self.number, self.columns.get(name, 0), reason)

    def rest(self) -> Iterator[Slip]:
        """The cells that nobody took."""
        for name in self.cells:
            if name not in self.used:
                yield self.slip(name, UNKNOWN.format(name=name))


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet of an XLSForm."""

    grid: Grid
    columns: Mapping[_Column, int]

    def languages(self) -> list[str]:
        """The languages of its texts, "" for those that name none."""
        return list(dict.fromkeys(language for name, language in self.columns if name == "label"))

    def rows(self, language: str) -> Iterator[FormRow]:
        """The rows below the head that hold anything."""
        columns: dict[str, int] = {}
        order = {language: 0, "": 1}
        for name, spoken in sorted(self.columns, key=lambda each: order.get(each[1], 2)):
            columns.setdefault(name, self.columns[name, spoken])
        for number in range(2, len(self.grid.rows) + 1):
            cells = {name: _text(self.grid, number, at) for name, at in columns.items()}
            filled = {name: text for name, text in cells.items() if text}
            if filled:
                yield FormRow(self.grid.title, number, filled, columns)

    def untold(self, language: str) -> Iterator[Slip]:
        """Columns in other languages."""
        spoken = {name for name, found in self.columns if found in (language, "")}
        for (name, found), at in self.columns.items():
            if found not in (language, "") and name in spoken:
                reason = _OTHER_LANGUAGE.format(language=found, chosen=language or "label")
                yield Slip(self.grid.title, 1, at, reason)


def find_sheet(grids: Sequence[Grid], title: str) -> FormSheet | None:
    """The sheet of this name with its columns; None when there is none."""
    for grid in grids:
        if grid.title.strip().lower() == title and grid.rows:
            return FormSheet(grid, _columns(grid.rows[0]))
    return None


def chosen_language(languages: Collection[str], default: str) -> str:
    """Japanese where it is there, else the form's default, else what names no language."""
    japanese = [each for each in languages if _JAPANESE.search(each)]
    others = [each for each in (default, "") if each in languages]
    return next(iter([*japanese, *others, *languages]), "")


def _columns(head: Sequence[object]) -> dict[_Column, int]:
    found: dict[_Column, int] = {}
    for at, cell in enumerate(head, 1):
        name, _, language = str(cell if cell is not None else "").strip().partition("::")
        if not language and name.lower().startswith(("label:", "hint:")):
            name, _, language = name.partition(":")
        key = name.strip().lower()
        if key == "media" or key.startswith("bind") or key in ("instance", "body"):
            key, language = f"{key}::{language}", ""
        if key:
            found.setdefault((_ALIASES.get(key, key), language.strip()), at)
    return found


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.cell(row, column)
    return "" if value is None else plain(value).strip()
