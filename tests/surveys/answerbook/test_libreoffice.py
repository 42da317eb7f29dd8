"""What an officer fills in with LibreOffice."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from onepublic.workbook import WorkbookRefused
from surveys.questionnaire import Questionnaire, parse_questionnaire
from tests.factories.stress import stress_questionnaire
from tests.surveys.answerbook.books import (
    complaints,
    edited,
    filled,
    read,
    section_sheets,
    slots,
    values,
    written,
)
from tests.surveys.answerbook.filling import EVERY_TYPE, plausible, typed
from tests.surveys.answerbook.libreoffice import needs_libreoffice, saved
from tests.surveys.questionnaire.all_types import calculated
from tests.surveys.questionnaire.building import SAMPLES, document, number, table

pytestmark = needs_libreoffice
SURVEYS = [*SAMPLES, EVERY_TYPE, stress_questionnaire()]
NAMES = [*(sample["id"] for sample in SAMPLES), "every-type", "stress"]


def test_every_survey_comes_back_equal_from_libreoffice(tmp_path: Path) -> None:
    questionnaires = [parse_questionnaire(survey) for survey in SURVEYS]
    answers = [plausible(questionnaire, 11) for questionnaire in questionnaires]
    books = [
        filled(written(questionnaire), typed(questionnaire, given))
        for questionnaire, given in zip(questionnaires, answers, strict=True)
    ]

    readings = list(map(read, questionnaires, saved(books, tmp_path)))

    assert dict(zip(NAMES, map(values, readings), strict=True)) == dict(
        zip(NAMES, answers, strict=True)
    )
    assert [reading.complaints for reading in readings] == [()] * len(SURVEYS)


def test_an_unchanged_workbook_still_says_nothing(tmp_path: Path) -> None:
    questionnaire = parse_questionnaire(EVERY_TYPE)
    answers = {key: (value, 1) for key, value in plausible(questionnaire, 3).items()}
    [book] = saved([written(questionnaire, answers)], tmp_path)

    reading = read(questionnaire, book)

    assert (reading.entries, reading.complaints) == ((), ())


def test_totals_and_calculated_numbers_are_what_the_engine_says(tmp_path: Path) -> None:
    share = {"round": [{"div": [{"row_sum": ["t", "r1"]}, {"q": "n"}]}, 2]}
    questionnaire = parse_questionnaire(
        document(number("n"), table("t"), calculated("c", share), calculated("blank", share))
    )
    answers: dict[str, object] = {"n": 3, "t.r1.m": 4, "t.r1.f": 6, "t.r2.m": 1}
    [book] = saved([filled(written(questionnaire), typed(questionnaire, answers))], tmp_path)

    assert _results(book) == [10, 1, 5, 6, 11, 3.3, 3.3]


def _results(book: bytes) -> list[Any]:
    """What the formulas of the sheets of questions give; blank ones are left out."""
    formulas = openpyxl.load_workbook(io.BytesIO(book))
    results = openpyxl.load_workbook(io.BytesIO(book), data_only=True)
    return [
        value
        for _, sheet in section_sheets(formulas)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and (value := results[sheet.title][cell.coordinate].value)
    ]


def test_rows_that_were_inserted_there_move_nothing(tmp_path: Path) -> None:
    questionnaire = parse_questionnaire(document(number("n"), table("t")))

    def insert(book: Any) -> None:
        cells = slots(book)
        cells["n", ""].value, cells["t.r2.f", ""].value = 5, 7
        sheet = book.worksheets[1]
        sheet.merged_cells.ranges.clear()
        sheet.insert_rows(3, amount=2)
        sheet.title = "改名"

    [book] = saved([edited(written(questionnaire), insert)], tmp_path)

    reading = read(questionnaire, book)

    assert (values(reading), complaints(reading)) == ({"n": 5, "t.r2.f": 7}, [])


def test_its_own_format_is_refused_with_what_to_do(tmp_path: Path) -> None:
    questionnaire: Questionnaire = parse_questionnaire(document(number("n")))
    [book] = saved([written(questionnaire)], tmp_path, kind="ods")

    with pytest.raises(WorkbookRefused, match=r"「Excel 2007-365（.xlsx）」を選び"):
        read(questionnaire, book)
