"""From the rows of a sheet to sections, questions and what belongs to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from surveys.authoring.finding import Json
from surveys.authoring.sheets.cells import TYPE, Unreadable, word
from surveys.authoring.sheets.columns import (
    COLUMN,
    COLUMN_OPTION,
    DEFAULTS,
    FREE_TEXT,
    HEADINGS,
    OPTION,
    QUESTION,
    ROW,
    ROWS,
    SECTION,
    TABLE_ROW,
    Heading,
    Keys,
    keys_of,
    typed,
)
from surveys.authoring.sheets.tables import Line, Table
from surveys.authoring.slips import Slip

# Where the part of a row goes: below which rows, and under which key.
_BELOW: Final[Mapping[str, tuple[str, str]]] = {
    OPTION: (QUESTION, "options"),
    TABLE_ROW: (QUESTION, "rows"),
    COLUMN: (QUESTION, "columns"),
    COLUMN_OPTION: (COLUMN, "options"),
}
_HELD: Final[Mapping[str, frozenset[str]]] = {
    "options": frozenset({"single", "multiple", "ranking", "matrix"}),
    "rows": frozenset({"table", "matrix"}),
    "columns": frozenset({"table", "dynamic_table"}),
}
# Stands for a question or column whose type can't be read: what is below it is no further slip.
_UNKNOWN: Final[Json] = {}


@dataclass(slots=True)
class Taken:
    """What was read so far. ``origins`` tells, by the identity of a part, where it stands."""

    slips: list[Slip] = field(default_factory=list)
    origins: dict[int, tuple[Line, Keys]] = field(default_factory=dict)

    def take(self, line: Line, keys: Keys, headings: Mapping[str, Heading], what: str) -> Json:
        """Read the cells of a row; what has no place there is a slip."""
        part: Json = {}
        for heading, (_, cell) in line.cells.items():
            if heading not in headings:
                continue
            if heading not in keys:
                self.slips.append(line.slip(heading, f"{what}では、「{heading}」は使えません。"))
                continue
            try:
                part[keys[heading]] = headings[heading].form.read(cell)
            except Unreadable as error:
                self.slips.append(line.slip(heading, str(error)))
        self.origins[id(part)] = line, keys
        return part


def read_section_sheet(table: Table, taken: Taken) -> list[Json]:
    """The sections of a sheet: one, unless rows begin more."""
    nest = _Nest(table.grid.title, taken)
    for line in table.lines():
        nest.add(line)
    return nest.sections


class _Nest:
    """Puts each row below the last one that it can belong to."""

    def __init__(self, title: str, taken: Taken) -> None:
        self.sections: list[Json] = []
        self._title = title
        self._taken = taken
        self._last: dict[str, Json] = {}

    def add(self, line: Line) -> None:
        row = word(line.cells[ROW][1]) if ROW in line.cells else ""
        if row not in ROWS:
            told = "、".join(f"「{each}」" for each in ROWS)
            self._refuse(line, ROW, f"{told}のいずれかを書いてください。")
            return
        type_ = self._type(line, row)
        if type_ is None:
            self._last = {**self._last, row: _UNKNOWN} if row == COLUMN else {row: _UNKNOWN}
            return
        part = self._taken.take(line, keys_of(row, type_), HEADINGS, _named(row, type_))
        self._adjust(row, type_, part)
        self._place(line, row, part)

    def _type(self, line: Line, row: str) -> str | None:
        """The type of a question or column; None where it is a slip, "" where there is none."""
        if row not in (QUESTION, COLUMN):
            return ""
        if "形式" not in line.cells:
            if row == COLUMN:
                return ""
            self._refuse(line, "形式", "設問の形式を選んでください。")
            return None
        try:
            type_ = str(TYPE.read(line.cells["形式"][1]))
        except Unreadable as error:
            self._refuse(line, "形式", str(error))
            return None
        if not typed(row, type_):
            self._refuse(line, "形式", "表の列では、この形式は使えません。")
            return None
        return type_

    def _refuse(self, line: Line, heading: str, reason: str) -> None:
        self._taken.slips.append(line.slip(heading, reason))

    def _adjust(self, row: str, type_: str, part: Json) -> None:
        for key, value in DEFAULTS.get(row if row == FREE_TEXT else type_, {}).items():
            part.setdefault(key, value)
        if type_ == "month":
            for key in part.keys() & {"min", "max"}:
                part[key] = str(part[key])[: len("2026-04")]
        if type_ == "dynamic_table" and not part.get("totals", {}).get("row", True):
            part["totals"] = {"column": part["totals"]["column"]}

    def _place(self, line: Line, row: str, part: Json) -> None:
        if row == SECTION:
            self._begin(part)
        elif row == QUESTION:
            if not self.sections:
                self._begin({"title": self._title})
            self.sections[-1]["questions"].append(part)
            self._last = {QUESTION: part}
        elif self._last.get(QUESTION) is _UNKNOWN:
            return
        elif row == FREE_TEXT:
            if OPTION in self._last and self._last[QUESTION]["type"] in ("single", "multiple"):
                self._last[OPTION]["free_text"] = part
            else:
                self._refuse(line, ROW, "「自由記述」の行は、選択肢の行のすぐ下に書いてください。")
        else:
            self._below(line, row, part)

    def _begin(self, section: Json) -> None:
        section["questions"] = []
        self.sections.append(section)
        self._last = {}

    def _below(self, line: Line, row: str, part: Json) -> None:
        above, key = _BELOW[row]
        holder: Any = self._last.get(above)
        if holder is None or not (holder is _UNKNOWN or _holds(holder, row, key)):
            reason = f"「{row}」の行は、それを持つ「{above}」の行の下に書いてください。"
            self._refuse(line, ROW, reason)
            return
        if holder is _UNKNOWN:
            return
        holder.setdefault(key, []).append(part)
        self._last.pop(OPTION, None)
        self._last[row] = part


def _holds(holder: Json, row: str, key: str) -> bool:
    if row == COLUMN_OPTION:
        return holder.get("type") == "single"
    return holder["type"] in _HELD[key]


def _named(row: str, type_: str) -> str:
    return f"この形式の{row}" if type_ else f"「{row}」の行"


def repeated(parts: Iterable[Json], key: str) -> list[Json]:
    """The parts whose id was given to another one before."""
    seen: set[str] = set()
    found: list[Json] = []
    for part in parts:
        if key in part and part[key] in seen:
            found.append(part)
        seen.add(part.get(key, ""))
    return found
