"""The whole response as sheets of lines, and where each cell to fill in stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from onepublic.workbook.titles import SheetTitles
from surveys.answerbook.asked import Asked
from surveys.answerbook.codes import SHEET, Place, Slot
from surveys.answerbook.lines import LAST_TEXT, NUMBER, Box, Line, Look, line
from surveys.answerbook.questions import Sheetful, condition_lines, heading, plain
from surveys.answerbook.tables import matrix_lines, table_lines
from surveys.questionnaire import Question, Section
from surveys.questionnaire.document import Image, Note
from surveys.questionnaire.tables import Matrix, Table

COVER: Final = "はじめに"
TOP: Final = 2
"""The row of a sheet's first line; above it the columns are numbered."""
_GAP: Final = Line(height=9)
_LEGEND: Final = "色の付いた欄に入力してください。ほかの欄は入力できません。"


@dataclass(frozen=True, slots=True)
class SectionSheet:
    """The sheet of one section. Row 1 numbers the columns, the first line stands in row TOP."""

    number: int
    title: str
    section: Section
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a field's first cell is, for formulas."""

    sheet: str
    row: int
    column: int


def lay_out(asked: Asked, whole: Sheetful) -> list[SectionSheet]:
    """One sheet per section, with titles that Excel takes."""
    titles = SheetTitles()
    for reserved in (COVER, SHEET):
        titles.take(reserved)
    return [
        SectionSheet(
            number,
            titles.take(section.title),
            section,
            tuple(_lines(number, section, questions, whole)),
        )
        for number, (section, questions) in enumerate(asked, 1)
    ]


def places(sheets: list[SectionSheet]) -> dict[Place, Slot]:
    """Which part of which field every cell to fill in is."""
    return {
        (sheet.number, row, box.column): box.slot
        for sheet in sheets
        for row, each in enumerate(sheet.lines, TOP)
        for box in each.boxes
        if box.slot is not None
    }


def addresses(sheets: list[SectionSheet]) -> Mapping[str, Address]:
    """Where the fields of one cell stand, by key."""
    return {
        box.key: Address(sheet.title, row, box.column)
        for sheet in sheets
        for row, each in enumerate(sheet.lines, TOP)
        for box in each.boxes
        if box.key
    }


def _lines(
    number: int, section: Section, questions: list[Question], whole: Sheetful
) -> Iterator[Line]:
    width = LAST_TEXT - NUMBER + 1
    yield line(Box(NUMBER, section.title, Look.TITLE, width), least=32)
    yield line(Box(NUMBER, _LEGEND, Look.QUIET, width))
    yield from condition_lines(section.visible_if, whole)
    if section.help:
        yield line(Box(NUMBER, section.help, Look.TEXT, width))
    place = 0
    for question in questions:
        place += not isinstance(question.answer, Note | Image)
        yield _GAP
        yield from heading(question, f"{number}－{place}", whole)
        yield from _answering(question, whole)


def _answering(question: Question, whole: Sheetful) -> Iterator[Line]:
    match question.answer:
        case Table() as table:
            return table_lines(question, table, whole)
        case Matrix() as matrix:
            return matrix_lines(question, matrix, whole)
        case _:
            return plain(question, whole)
