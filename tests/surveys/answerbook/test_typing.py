"""Cells filled in otherwise than was meant: understood, or complained of where they stand."""

import datetime as dt
import re
from typing import Any

import pytest
from openpyxl.workbook import Workbook

from surveys.questionnaire import Questionnaire
from tests.surveys.answerbook.books import (
    complaints,
    edited,
    filled,
    place,
    read,
    rewritten,
    slots,
    values,
    written,
)


@pytest.mark.parametrize(
    ("slot", "typed", "value"),
    [
        (("n", ""), "１２", 12),
        (("n", ""), "1,000 人", 1000),
        (("n", ""), 12.0, 12),
        (("y", ""), "○", True),
        (("y", ""), False, False),
        (("t", ""), 12, "12"),
        (("t", ""), "=1+1", "=1+1"),
        (("s", ""), "二", "2"),
        (("s", ""), 2, "2"),
        (("s", ""), "２", "2"),
        (("d", ""), dt.date(2026, 11, 23), "2026-11-23"),
        (("d", ""), 46349, "2026-11-23"),
        (("d", ""), 20261123, "2026-11-23"),
        (("d", ""), "令和８年11月23日", "2026-11-23"),
        (("mo", ""), dt.datetime(2026, 11, 1), "2026-11"),  # noqa: DTZ001 - as a sheet has it
        (("mo", ""), "R8.11", "2026-11"),
        (("ye", ""), "令和8年度", 2026),
        (("ta.r1.s", ""), "財源", "b"),
    ],
)
def test_other_ways_of_writing_a_value(
    questionnaire: Questionnaire, empty: bytes, slot: tuple[str, str], typed: Any, value: object
) -> None:
    def write(book: Workbook) -> None:
        cell = slots(book)[slot]
        cell.value = typed
        if isinstance(typed, str):
            cell.data_type = "s"
        if type(typed) is int:
            cell.number_format = "General"

    reading = read(questionnaire, edited(empty, write))

    assert (values(reading), reading.complaints) == ({slot[0]: value}, ())


def test_a_cell_shown_in_per_cent_is_read_as_it_is_shown(
    questionnaire: Questionnaire, empty: bytes
) -> None:
    def write(book: Workbook) -> None:
        slots(book)["p", ""].value = 0.07
        slots(book)["p", ""].number_format = "0.0%"

    assert values(read(questionnaire, edited(empty, write))) == {"p": 7}


def test_several_marks_are_one_answer(questionnaire: Questionnaire, empty: bytes) -> None:
    book = filled(empty, {("m", "=1"): "〇", ("m", "=2"): 1, ("m", "=3"): "×"})

    assert values(read(questionnaire, book)) == {"m": ["1", "2"]}


@pytest.mark.parametrize(
    ("slot", "typed", "message"),
    [
        (("n", ""), "多い", "数字で入力してください。"),
        (("n", ""), 1001, "1,000人以下で入力してください。"),
        (("n", ""), True, "数字で入力してください。"),
        (("s", ""), "四", "選択肢の中から選んでください。"),
        (("m", "=2"), "少し", "「○」を選ぶか、空欄にしてください。"),
        (("d", ""), dt.date(2020, 3, 31), "令和２年４月１日以後の日付を入力してください。"),
        (("t", ""), "長" * 21, "20文字以内で入力してください（現在21文字）。"),
        (("t", ""), dt.time(10, 30), None),
        (("ta.r2.n", ""), 100, "99件以下で入力してください。"),
    ],
)
def test_a_wrong_value_is_complained_of_at_its_cell(
    questionnaire: Questionnaire,
    empty: bytes,
    slot: tuple[str, str],
    typed: object,
    message: str | None,
) -> None:
    reading = read(questionnaire, filled(empty, {slot: typed}))

    if message is None:  # a time is a text
        assert (values(reading), reading.complaints) == ({"t": "10:30:00"}, ())
    else:
        assert (values(reading), complaints(reading)) == ({}, [(place(empty, *slot), message)])


def test_an_error_and_a_formula_without_its_result_are_never_blanks(
    questionnaire: Questionnaire,
) -> None:
    book = written(questionnaire, {"n": (3, 1), "t": ("甲", 1)})

    def write(workbook: Workbook) -> None:
        cells = slots(workbook)
        cells["n", ""].value, cells["n", ""].data_type = "#REF!", "e"
        cells["t", ""].value, cells["t", ""].number_format = "=1+1", "General"

    reading = read(questionnaire, edited(book, write))

    assert (values(reading), complaints(reading)) == (
        {},
        [
            (place(book, "n"), "エラー値（#REF!など）が入っています。値を入力してください。"),
            (
                place(book, "t"),
                "数式の計算結果が保存されていません。"
                "Excelで開いて保存し直すか、値を入力してください。",
            ),
        ],
    )


def test_a_formula_gives_its_result(questionnaire: Questionnaire, empty: bytes) -> None:
    def calculate(book: Workbook) -> None:
        slots(book)["n", ""].value = "=3+4"

    book = edited(empty, calculate)

    assert values(read(questionnaire, _calculated(book, "3+4", "7"))) == {"n": 7}


def _calculated(book: bytes, formula: str, result: str) -> bytes:
    """What Excel stores beside a formula."""
    shown = f"<f>{formula}</f><v>{result}</v>"
    blank = re.compile(rf"<f>{re.escape(formula)}</f><v ?/?>(</v>)?")
    return rewritten(book, lambda name, xml: blank.sub(shown, xml))
