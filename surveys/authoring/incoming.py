"""A file that is to become the questionnaire: what form it has, what it holds, what it lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from onepublic.workbook import WorkbookRefused
from onepublic.workbook.grids import Grid, read_grids
from surveys.answerbook.codes import SHEET as ANSWERS_SHEET
from surveys.authoring.files import read_file, take_over
from surveys.authoring.finding import Json, StepRefused
from surveys.authoring.performing import perform
from surveys.authoring.sheets import holds_sections, read_sheets
from surveys.authoring.slips import Slip
from surveys.authoring.wording import sentences
from surveys.authoring.xlsform import holds_survey, read_xlsform
from surveys.questionnaire import DefinitionError

JSON_FORM, SHEETS_FORM, XLSFORM = "JSON", "Excel（節ごとのシート）", "XLSForm"
OTHER_KIND: Final = (
    "この種類のファイルは読み込めません。Excelブック（.xlsx）又はJSON（.json）を選んでください。"
)
EMPTY: Final = "空のファイルです。"
ANSWERS: Final = "回答用Excelです。調査票を書き出したファイルを選んでください。"
NO_SHEETS: Final = (
    "調査票のExcelとして読み取れませんでした。"
    "節のシートには、「区分」「設問文・名称」などの見出しの行が必要です。"
    "XLSFormには、「survey」のシートが必要です。"
)
_ZIP: Final = b"PK"
_OLE: Final = bytes.fromhex("d0cf11e0")
_BOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file holds: the name of its form, sections and rules, and what stays out of them."""

    form: str
    document: Json
    left_out: tuple[Slip, ...] = ()


def read_incoming(name: str, content: bytes, draft: Json) -> Incoming:
    """Read a file of any form that we know, to take the place of ``draft``.

    Raises StepRefused with a Japanese sentence, or one per line, for what is no questionnaire, and
    SheetsRefused with every place for a workbook of ours that has mistakes.
    """
    if not content:
        raise StepRefused(EMPTY)
    incoming = _read(name, content, draft)
    try:
        perform(draft, partial(take_over, held=incoming.document))
    except DefinitionError as refusal:
        raise StepRefused("\n".join(sentences(refusal.problems, draft))) from None
    return incoming


def _read(name: str, content: bytes, draft: Json) -> Incoming:
    ending = PurePosixPath(name).suffix.lower()
    if content.startswith((_ZIP, _OLE)) or ending in _BOOKS:
        return _read_book(content, draft)
    if ending not in ("", ".json", ".txt"):
        raise StepRefused(OTHER_KIND)
    return Incoming(JSON_FORM, read_file(content))


def _read_book(content: bytes, draft: Json) -> Incoming:
    try:
        grids = read_grids(BytesIO(content))
    except WorkbookRefused as refusal:
        raise StepRefused(str(refusal)) from None
    if any(grid.title == ANSWERS_SHEET for grid in grids):
        raise StepRefused(ANSWERS)
    for holds, read in _READERS:
        if holds(grids):
            return read(grids, draft)
    raise StepRefused(NO_SHEETS)


def _sheets(grids: list[Grid], draft: Json) -> Incoming:
    return Incoming(SHEETS_FORM, read_sheets(grids, draft))


def _xlsform(grids: list[Grid], draft: Json) -> Incoming:
    document, left_out = read_xlsform(grids)
    return Incoming(XLSFORM, document, tuple(left_out))


_Reader = tuple[Callable[[list[Grid]], bool], Callable[[list[Grid], Json], Incoming]]
_READERS: Final[tuple[_Reader, ...]] = (
    (holds_sections, _sheets),
    (holds_survey, _xlsform),
)
