"""Writing the answer workbook of one organization."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from openpyxl.workbook import Workbook
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from surveys.answerbook.asked import askable
from surveys.answerbook.cells import gather, parts_of
from surveys.answerbook.codes import SHEET, Codes, Identity, Seen
from surveys.answerbook.cover import Cover, cover_lines
from surveys.answerbook.drawing import draw_line, draw_section, set_up
from surveys.answerbook.layout import COVER, TOP, SectionSheet, addresses, lay_out, places
from surveys.answerbook.lines import CODE, LAST_TEXT
from surveys.answerbook.looks import add_looks
from surveys.answerbook.putting import cell_at, cell_text, put_text
from surveys.answerbook.questions import Sheetful
from surveys.answerbook.validation import Validations
from surveys.questionnaire import Questionnaire, Respondent


@dataclass(frozen=True, slots=True)
class Response:
    """The answers as they are: stored JSON value and revision by field key; ``carried`` are those
    that came from the previous round and were not confirmed.
    """

    questionnaire: Questionnaire
    respondent: Respondent
    answers: Mapping[str, tuple[object, int]]
    file_names: Mapping[str, str]
    carried: Collection[str] = ()


def write_answer_book(
    target: BinaryIO, response: Response, identity: Identity, cover: Cover
) -> None:
    """Write an .xlsx that :func:`read_answer_book` understands, with the answers so far.

    Every cell to fill in is unlocked, everything else is protected without a password.
    """
    values = {key: value for key, (value, _) in response.answers.items()}
    whole = Sheetful(
        response.questionnaire,
        response.respondent,
        values,
        response.file_names,
        response.carried,
    )
    sheets = lay_out(askable(response.questionnaire, response.respondent), whole)
    book = Workbook()
    add_looks(book)
    _draw_cover(book, cover, sheets)
    validations = Validations()
    where = addresses(sheets)
    for sheet in sheets:
        draw_section(book, sheet, where, validations)
    codes = Codes(
        identity,
        tuple(sheet.title for sheet in sheets),
        places(sheets),
        _seen(response, whole),
    )
    _hide(book, codes, validations)
    book.security = WorkbookProtection(lockStructure=True)
    book.calculation.fullCalcOnLoad = True
    book.properties.creator, book.properties.title = "OnePublic", cell_text(cover.title)
    book.save(target)


def _draw_cover(book: Workbook, cover: Cover, sheets: list[SectionSheet]) -> None:
    worksheet: Worksheet = book.worksheets[0]
    worksheet.title = COVER
    for row, each in enumerate(cover_lines(cover, sheets), TOP):
        draw_line(worksheet, row, each, {})
    set_up(worksheet, LAST_TEXT)


def _seen(response: Response, whole: Sheetful) -> dict[str, Seen]:
    """What an unchanged workbook will be read as, for every answer that was ever written and has
    cells: calculated numbers and files have none.
    """
    fields = response.questionnaire.fields_by_key
    return {
        key: Seen(revision, gather(fields[key], whole.contents(fields[key])).mark)
        for key, (_, revision) in response.answers.items()
        if key in fields and parts_of(fields[key])
    }


def _hide(book: Workbook, codes: Codes, validations: Validations) -> None:
    worksheet: Worksheet = book.create_sheet(SHEET)
    for row, text in enumerate(codes.to_cells(), 1):
        put_text(cell_at(worksheet, row, CODE), text)
    validations.write_lists(worksheet)
    worksheet.sheet_state = "veryHidden"
    worksheet.protection.sheet = True
