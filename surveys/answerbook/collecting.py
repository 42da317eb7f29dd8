"""The cells of a filled workbook by field; what misleads or is not there is complained of."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal
from typing import Final

from onepublic.workbook.grids import Grid
from onepublic.workbook.marks import Position
from surveys.answerbook.cells import Content
from surveys.answerbook.codes import Codes, Slot
from surveys.answerbook.finding import SectionGrid, find_sections
from surveys.answerbook.said import Complaint
from surveys.questionnaire import Questionnaire

NO_SHEET: Final = "シートが見つかりません。この節の入力は読み取れません。"
TWO_SHEETS: Final = "同じ節のシートが複数あります。どちらかを削除してください。"
NO_CELL: Final = "入力欄が見つかりません。行又は列が削除された可能性があります。"
TWO_CELLS: Final = "同じ入力欄が複数あります。複製した行又は列を削除してください。"
ERROR: Final = "エラー値（#REF!など）が入っています。値を入力してください。"
UNCALCULATED: Final = (
    "数式の計算結果が保存されていません。Excelで開いて保存し直すか、値を入力してください。"
)
ADDED: Final = "追加された行のため、読み取れません。決められた欄に入力してください。"
_FEW: Final = 5
_PERCENT_UNITS: Final = frozenset({"％", "%"})


@dataclass(slots=True)
class FieldCells:
    """The cells of one field: contents and places (in words) by part."""

    contents: dict[str, Content] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    is_broken: bool = False


class Collector:
    """Goes through the cells that the hidden sheet names, and gathers complaints on its way."""

    def __init__(self, questionnaire: Questionnaire, codes: Codes) -> None:
        self.complaints: list[Complaint] = []
        self._questionnaire = questionnaire
        self._codes = codes

    def collect(self, grids: list[Grid]) -> dict[str, FieldCells]:
        """The fields of which every cell is there and says what it shows, by key."""
        sections = dict(self._sections(find_sections(grids)))
        fields: defaultdict[str, FieldCells] = defaultdict(FieldCells)
        for (number, row, column), slot in self._codes.slots.items():
            cells = fields[slot[0]]
            if number not in sections:
                cells.is_broken = True
            elif not cells.is_broken:
                section = sections[number]
                self._take(section, section.positions(row, column), cells, slot)
        self._complain_of_rows(sections)
        return {key: cells for key, cells in fields.items() if not cells.is_broken}

    def complain(self, place: str, key: str, message: str) -> None:
        """Tell what is wrong at a place with a field."""
        asked = self._questionnaire.fields_by_key.get(key)
        self.complaints.append(Complaint(place, asked.label if asked else "", message))

    def _sections(
        self, found: Mapping[int, list[SectionGrid]]
    ) -> Iterator[tuple[int, SectionGrid]]:
        """The sheets of questions, each where there is one of it."""
        for number, title in enumerate(self._codes.sections, 1):
            match found.get(number, []):
                case [only]:
                    yield number, only
                case []:
                    self.complain(f"「{title}」シート", "", NO_SHEET)
                case several:
                    self.complain("、".join(each.words for each in several), "", TWO_SHEETS)

    def _take(
        self, section: SectionGrid, positions: list[Position], cells: FieldCells, slot: Slot
    ) -> None:
        key, part = slot
        place = section.place(positions[0]) if positions else section.words
        message = _misplaced(positions) or _misleading(section.grid, positions[0])
        if message:
            cells.is_broken = True
            self.complain(place, key, message)
        else:
            cells.places[part] = place
            cells.contents[part] = self._content(section.grid, positions[0], key)

    def _content(self, grid: Grid, position: Position, key: str) -> Content:
        value = grid.cell(*position)
        if isinstance(value, float) and position in grid.marks.percents:
            asked = self._questionnaire.fields_by_key.get(key)
            if asked is not None and asked.unit in _PERCENT_UNITS:
                return float(Decimal(repr(value)) * 100)
        return str(value) if isinstance(value, time | timedelta) else value

    def _complain_of_rows(self, sections: Mapping[int, SectionGrid]) -> None:
        for each in sections.values():
            rows = list(each.added_rows())
            for row in rows[:_FEW]:
                self.complain(f"{each.words} {row}行目", "", ADDED)
            if len(rows) > _FEW:
                self.complain(f"{each.words} ほか{len(rows) - _FEW:,}行", "", ADDED)


def _misplaced(positions: list[Position]) -> str:
    if len(positions) == 1:
        return ""
    return TWO_CELLS if positions else NO_CELL


def _misleading(grid: Grid, position: Position) -> str:
    """Why a cell that looks blank to the reader isn't."""
    if position in grid.marks.errors:
        return ERROR
    if position in grid.marks.formulas and grid.cell(*position) is None:
        return UNCALCULATED
    return ""
