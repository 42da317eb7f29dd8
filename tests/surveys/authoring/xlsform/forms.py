"""XLSForms: written by us, and as other people write them."""

from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

from onepublic.workbook.grids import read_grids
from surveys.authoring.xlsform import read_xlsform, write_xlsform
from tests.surveys.questionnaire.building import Json

Cell = str | float | None


def form(**sheets: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook with these sheets, each its rows from the top."""
    book, target = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(target)
    return target.getvalue()


def survey(*rows: Mapping[str, Cell], **sheets: Sequence[Sequence[Cell]]) -> bytes:
    """A form whose survey sheet has these rows."""
    head = list(dict.fromkeys(name for row in rows for name in row))
    table: list[list[Cell]] = [[*head], *([row.get(name) for name in head] for row in rows)]
    return form(survey=table, **sheets)


def read(content: bytes) -> tuple[Json, list[str]]:
    """The document, and what is left out as "place：reason" lines."""
    document, slips = read_xlsform(read_grids(BytesIO(content)))
    return document, list(map(str, slips))


def written(document: Json) -> tuple[bytes, list[str]]:
    """The form of a questionnaire, and what it can't say."""
    target = BytesIO()
    notes = write_xlsform(target, document, "見本")
    return target.getvalue(), [f"{id_} {phrase}" for id_, _, phrase in notes]
