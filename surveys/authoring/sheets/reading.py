"""Reading the workbook back."""

from collections.abc import Sequence
from typing import Final

from onepublic.workbook.grids import Grid
from surveys.authoring.finding import Json
from surveys.authoring.ids import marks_of
from surveys.authoring.sheets.cells import RULE, Unreadable
from surveys.authoring.sheets.columns import HEADINGS, LABEL, ROW
from surveys.authoring.sheets.cover import COVER
from surveys.authoring.sheets.judging import judge
from surveys.authoring.sheets.naming import name_parts
from surveys.authoring.sheets.parts import Taken, read_section_sheet
from surveys.authoring.sheets.rules import (
    DEMAND,
    LEVEL_HEADING,
    RULE_HEADINGS,
    RULE_KEYS,
)
from surveys.authoring.sheets.tables import Line, Table, find_table
from surveys.authoring.slips import SheetsRefused, Slip

_SECTION_SIGNS: Final = (ROW, LABEL)
_RULE_SIGNS: Final = (LEVEL_HEADING, DEMAND)
_NO_TABLE: Final = (
    "見出しの行（区分、ID、形式、設問文・名称など）がありません。"
    "調査票に含めないシートは、削除してください。"
)
_NO_DEMAND: Final = "満たすべき式を書いてください。"


def holds_sections(grids: Sequence[Grid]) -> bool:
    """Whether the workbook is one of ours, by its headings, whatever its sheets are called."""
    return any(find_table(grid, _SECTION_SIGNS) for grid in grids)


def read_sheets(grids: Sequence[Grid], draft: Json) -> Json:
    """Return the sections and rules; new ids are ones that ``draft`` never had.

    Raises SheetsRefused with everything that is wrong, in the order of the sheets.
    """
    taken = Taken()
    document: Json = {"sections": [], "rules": []}
    for grid in grids:
        _read_sheet(grid, document, taken)
    name_parts(document, marks_of(draft), taken)
    judge(document, taken, rest=Slip(grids[0].title, 0, 0, ""))
    if taken.slips:
        order = {grid.title: number for number, grid in enumerate(grids)}
        raise SheetsRefused(
            sorted(set(taken.slips), key=lambda slip: (order[slip.sheet], slip.row, slip.column))
        )
    return document


def _read_sheet(grid: Grid, document: Json, taken: Taken) -> None:
    if table := find_table(grid, _SECTION_SIGNS):
        taken.slips += table.slips({ROW, *HEADINGS})
        document["sections"] += read_section_sheet(table, taken)
    elif table := find_table(grid, _RULE_SIGNS):
        taken.slips += table.slips(RULE_HEADINGS)
        document["rules"] += _rules(table, taken)
    elif grid.title != COVER and any(any(row) for row in grid.rows):
        taken.slips.append(Slip(grid.title, 0, 0, _NO_TABLE))


def _rules(table: Table, taken: Taken) -> list[Json]:
    return [_rule(line, taken) for line in table.lines()]


def _rule(line: Line, taken: Taken) -> Json:
    own = {name: heading for name, heading in RULE_HEADINGS.items() if name != DEMAND}
    rule = taken.take(line, RULE_KEYS, own, "規則")
    if DEMAND not in line.cells:
        taken.slips.append(line.slip(DEMAND, _NO_DEMAND))
        return rule
    try:
        demanded = RULE.read(line.cells[DEMAND][1])
    except Unreadable as error:
        taken.slips.append(line.slip(DEMAND, str(error)))
        return rule
    if isinstance(demanded, dict):
        rule |= demanded
    return rule
