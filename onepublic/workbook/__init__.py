"""Plain rows to an .xlsx workbook and back. Knows no Django and no app."""

from onepublic.workbook.admission import AdmissionLimits, WorkbookRefused
from onepublic.workbook.commas import write_csv
from onepublic.workbook.reading import read_rows
from onepublic.workbook.separated import write_separated
from onepublic.workbook.sheets import (
    Cell,
    Chart,
    Charts,
    Code,
    Column,
    Format,
    Label,
    Overview,
    Page,
    Section,
    Sheet,
    SheetLimits,
)
from onepublic.workbook.text import is_cut, visible_text
from onepublic.workbook.writing import write_workbook

__all__ = [
    "AdmissionLimits",
    "Cell",
    "Chart",
    "Charts",
    "Code",
    "Column",
    "Format",
    "Label",
    "Overview",
    "Page",
    "Section",
    "Sheet",
    "SheetLimits",
    "WorkbookRefused",
    "is_cut",
    "read_rows",
    "visible_text",
    "write_csv",
    "write_separated",
    "write_workbook",
]
