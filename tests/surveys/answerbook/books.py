"""Answer workbooks as tests need them: written, filled in like a person does, read."""

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from surveys.answerbook.codes import SHEET, SHEET_MARK, Codes, Identity
from surveys.answerbook.cover import Cover
from surveys.answerbook.reading import read_answer_book
from surveys.answerbook.said import BookReading
from surveys.answerbook.writing import Response, write_answer_book
from surveys.questionnaire import Field, Questionnaire, Respondent, ValueKind
from tests.surveys.questionnaire.building import TOWN

IDENTITY = Identity(assignment=7, survey=3, organization="016314", revision=1)
COVER = Cover(
    title="相談支援の体制に関する調査",
    organization="北海道音更町",
    deadline="令和８年12月11日（金）24時まで",
    asked_by="健康局 健康課",
    contact="健康課 企画係",
    purpose="体制を把握する。",
    made_at="令和８年11月23日 18時40分",
    address="https://portal.example/surveys/assignments/7/workbook/",
)
Answers: TypeAlias = Mapping[str, tuple[object, int]]
Slots: TypeAlias = dict[tuple[str, str], Any]


def written(
    questionnaire: Questionnaire, answers: Answers | None = None, respondent: Respondent = TOWN
) -> bytes:
    """The workbook of a response."""
    target = io.BytesIO()
    response = Response(questionnaire, respondent, answers or {}, {})
    write_answer_book(target, response, IDENTITY, COVER)
    return target.getvalue()


def read(questionnaire: Questionnaire, book: bytes) -> BookReading:
    return read_answer_book(io.BytesIO(book), questionnaire, IDENTITY)


def values(reading: BookReading) -> dict[str, object]:
    """What was written, by field."""
    return {entry.key: entry.value for entry in reading.entries}


def complaints(reading: BookReading) -> list[tuple[str, str]]:
    """Where something could not be taken, and why."""
    return [(each.place, each.message) for each in reading.complaints]


def edited(book: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """The workbook after somebody changed it with openpyxl."""
    workbook = openpyxl.load_workbook(io.BytesIO(book))
    edit(workbook)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def filled(book: bytes, contents: Mapping[tuple[str, str], object]) -> bytes:
    """The workbook with these contents in the cells of (field key, part); text is no formula."""

    def fill(workbook: Workbook) -> None:
        cells = slots(workbook)
        for slot, content in contents.items():
            cells[slot].value = content
            if isinstance(content, str):
                cells[slot].data_type = "s"

    return edited(book, fill)


def slots(workbook: Workbook) -> Slots:
    """Every cell to fill in, by field key and part, in an unchanged workbook."""
    codes = Codes.from_cells(cell.value for cell in workbook[SHEET]["A"])
    sheets = dict(section_sheets(workbook))
    return {
        slot: sheets[number].cell(row, column)
        for (number, row, column), slot in codes.slots.items()
    }


def section_sheets(workbook: Workbook) -> Iterator[tuple[int, Worksheet]]:
    for sheet in workbook.worksheets:
        mark = str(sheet["A1"].value)
        if mark.startswith(SHEET_MARK):
            yield int(mark.removeprefix(SHEET_MARK)), sheet


def by_hand(field: Field, value: object) -> dict[tuple[str, str], object]:
    """What a person types or picks for a JSON value: labels, marks, numbers, 2026/11/23."""
    labels = {option.value: option.label for option in field.options}
    if value == {"none": True}:
        several = field.kind in {ValueKind.CHOICES, ValueKind.RANKING}
        return {(field.key, "none"): "○"} if several else {(field.key, ""): "該当なし"}
    if isinstance(value, list) and field.kind is ValueKind.CHOICES:
        return {(field.key, f"={each}"): "○" for each in value}
    if isinstance(value, list):
        ranks = enumerate(value, 1)
        return {(field.key, f"#{rank}"): labels.get(each, each) for rank, each in ranks}
    if isinstance(value, bool):
        return {(field.key, ""): "はい" if value else "いいえ"}
    if field.kind in {ValueKind.DATE, ValueKind.MONTH}:
        return {(field.key, ""): str(value).replace("-", "/")}
    return {(field.key, ""): labels.get(str(value), value)}


TITLE = "第1節"
"""Of the only section that ``building.document`` makes."""


def place(book: bytes, key: str, part: str = "") -> str:
    """The address of a cell in the workbook as it was written."""
    found: list[str] = []
    edited(book, lambda workbook: found.append(slots(workbook)[key, part].coordinate))
    return f"「{TITLE}」シート {found[0]}"


def rewritten(book: bytes, change: Callable[[str, str], str]) -> bytes:
    """The workbook with the XML of its parts changed, by the name of the part."""
    target = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name).decode()))
    return target.getvalue()
