"""Reading an XLSForm."""

from collections.abc import Iterator, Sequence
from typing import Final

from onepublic.workbook.grids import Grid
from surveys.authoring.finding import Json, StepRefused
from surveys.authoring.slips import Slip
from surveys.authoring.xlsform.choices import read_choices
from surveys.authoring.xlsform.groups import sections
from surveys.authoring.xlsform.intake import Intake
from surveys.authoring.xlsform.mending import mend
from surveys.authoring.xlsform.tables import FormRow, FormSheet, chosen_language, find_sheet
from surveys.authoring.xlsform.tree import grow

NOTES_SHEET: Final = "onepublic_notes"
_SHEETS: Final = ("survey", "choices", "settings", NOTES_SHEET)
_NO_COLUMNS: Final = "「survey」シートの1行目に、見出し「type」「name」が必要です。"
_NO_ROWS: Final = "「survey」シートに、設問がありません。"
_OTHER_SHEET: Final = "このシートは、取り込みません。"
_TITLE: Final = "設問"


def holds_survey(grids: Sequence[Grid]) -> bool:
    """Whether the workbook is an XLSForm."""
    return any(grid.title.strip().lower() == "survey" for grid in grids)


def read_xlsform(grids: Sequence[Grid]) -> tuple[Json, list[Slip]]:
    """Return sections and rules, and everything that is left out or changed, by place.

    Raises StepRefused with a Japanese sentence for what is no XLSForm at all.
    """
    survey = find_sheet(grids, "survey")
    names = {name for name, _ in survey.columns} if survey else set()
    if survey is None or not {"type", "name"} <= names:
        raise StepRefused(_NO_COLUMNS)
    slips = list(_others(grids))
    settings = _settings(grids, slips)
    language = chosen_language(survey.languages(), settings.get("default_language", ""))
    intake = Intake(read_choices(_rows(grids, "choices", language, slips), slips), slips)
    rows = _rows(grids, "survey", language, slips)
    if not rows:
        raise StepRefused(_NO_ROWS)
    nodes = grow(iter(rows), slips)
    made = sections(nodes, settings.get("form_title") or _TITLE, intake)
    intake.settle()
    document = {"sections": made, "rules": intake.rules}
    mend(document, intake)
    order = {grid.title: number for number, grid in enumerate(grids)}
    told = dict.fromkeys(slips)
    return document, sorted(told, key=lambda slip: (order[slip.sheet], slip.row, slip.column))


def _rows(grids: Sequence[Grid], title: str, language: str, slips: list[Slip]) -> list[FormRow]:
    sheet = find_sheet(grids, title)
    if sheet is None:
        return []
    slips += sheet.untold(language)
    slips += _untitled(sheet)
    return list(sheet.rows(language))


def _settings(grids: Sequence[Grid], slips: list[Slip]) -> dict[str, str]:
    """The first row: it names the form, its language, and what has no meaning here."""
    sheet = find_sheet(grids, "settings")
    row = next(sheet.rows(""), None) if sheet else None
    if row is None:
        return {}
    found = {name: row.take(name) for name in ("form_title", "form_id", "default_language")}
    slips += row.rest()
    return found


def _others(grids: Sequence[Grid]) -> Iterator[Slip]:
    for grid in grids:
        if grid.title.strip().lower() not in _SHEETS and any(any(row) for row in grid.rows):
            yield Slip(grid.title, 0, 0, _OTHER_SHEET)


def _untitled(sheet: FormSheet) -> Iterator[Slip]:
    """Cells below a head without a name."""
    named = set(sheet.columns.values())
    for number, row in enumerate(sheet.grid.rows[1:], 2):
        for column, cell in enumerate(row, 1):
            if column not in named and cell not in (None, ""):
                yield Slip(sheet.grid.title, number, column, "見出しのない列は、取り込みません。")
