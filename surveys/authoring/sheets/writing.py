"""Writing the workbook."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, NamedTuple

from openpyxl.workbook import Workbook

from onepublic.workbook.titles import SheetTitles
from surveys.answerbook.putting import cell_text
from surveys.authoring.finding import Json
from surveys.authoring.sheets.columns import (
    COLUMN,
    COLUMN_OPTION,
    FREE_TEXT,
    HEADINGS,
    OPTION,
    QUESTION,
    ROW,
    SECTION,
    TABLE_ROW,
    keys_of,
)
from surveys.authoring.sheets.cover import COVER, draw_cover
from surveys.authoring.sheets.drawing import draw_rules, draw_section
from surveys.authoring.sheets.rules import RULES, rule_cells


class Line(NamedTuple):
    """A row of a section's sheet: what it is, and its cells by heading."""

    row: str
    cells: dict[str, str | int | float]


_PARTS: Final = (("options", OPTION), ("rows", TABLE_ROW), ("columns", COLUMN))


def write_sheets(target: BinaryIO, document: Json, title: str) -> None:
    """Write the questionnaire of a survey of this ``title``; :func:`read_sheets` gives it back.

    The document is one that parses as a draft.
    """
    book = Workbook()
    titles = SheetTitles()
    draw_cover(book.worksheets[0], title)
    book.worksheets[0].title = titles.take(COVER)
    rules_title = titles.take(RULES)
    for section in document["sections"]:
        sheet = book.create_sheet(titles.take(section["title"]))
        draw_section(sheet, (ROW, *HEADINGS), [[each.row, each.cells] for each in lines(section)])
    rules = [rule_cells(rule) for rule in document.get("rules", [])]
    draw_rules(book.create_sheet(rules_title), rules)
    book.properties.creator, book.properties.title = "OnePublic", cell_text(title)
    book.save(target)


def lines(section: Json) -> Iterator[Line]:
    """The rows of a section, each part below what it belongs to."""
    yield _line(SECTION, section)
    for question in section["questions"]:
        yield _line(QUESTION, question, question["type"])
        yield from _parts(question, _PARTS)


def _parts(holder: Json, kinds: Sequence[tuple[str, str]]) -> Iterator[Line]:
    for key, row in kinds:
        for part in holder.get(key, []):
            yield _line(row, part, part.get("type", ""))
            if part.get("free_text"):
                yield _line(FREE_TEXT, part["free_text"])
            if row == COLUMN:
                yield from _parts(part, [("options", COLUMN_OPTION)])


def _line(row: str, part: Json, type_: str = "") -> Line:
    cells = {
        heading: HEADINGS[heading].form.write(part[key])
        for heading, key in keys_of(row, type_).items()
        if part.get(key) not in (None, "", [])
    }
    return Line(row, cells)
