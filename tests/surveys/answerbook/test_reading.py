"""Workbooks that were changed otherwise than by filling in: understood, or refused with why."""

import datetime as dt
import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from onepublic.workbook import WorkbookRefused
from surveys.answerbook.codes import SHEET, Identity
from surveys.answerbook.reading import read_answer_book
from surveys.questionnaire import Questionnaire, parse_questionnaire
from tests.surveys.answerbook.books import (
    IDENTITY,
    complaints,
    edited,
    filled,
    read,
    slots,
    values,
    written,
)
from tests.surveys.questionnaire.all_types import month, percent, typed_table, year
from tests.surveys.questionnaire.building import (
    document,
    multiple,
    number,
    question,
    single,
    text,
    yesno,
)

QUESTIONS = [
    number("n"),
    yesno("y"),
    text("t"),
    single("s"),
    multiple("m"),
    question("d", "date", min="2020-04-01"),
    month("mo"),
    year("ye"),
    percent("p"),
    typed_table("ta"),
]
TITLE = "第1節"


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return parse_questionnaire(document(*QUESTIONS))


@pytest.fixture(scope="module")
def empty(questionnaire: Questionnaire) -> bytes:
    return written(questionnaire)


def section(book: Workbook) -> Worksheet:
    sheet: Worksheet = book.worksheets[1]
    return sheet


def place(book: bytes, key: str, part: str = "") -> str:
    """The address of a cell in the workbook as it was written."""
    found: list[str] = []
    edited(book, lambda workbook: found.append(slots(workbook)[key, part].coordinate))
    return f"「{TITLE}」シート {found[0]}"


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
    target = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            xml = old.read(name)
            found = f"<f>{formula}</f><v></v>".encode()
            found = found if found in xml else f"<f>{formula}</f><v />".encode()
            new.writestr(name, xml.replace(found, f"<f>{formula}</f><v>{result}</v>".encode()))
    return target.getvalue()


def test_moved_rows_columns_and_sheets_are_found_again(
    questionnaire: Questionnaire, empty: bytes
) -> None:
    def move(book: Workbook) -> None:
        cells = slots(book)
        cells["n", ""].value = 5
        cells["ta.r2.t", ""].value = "窓口"
        sheet = section(book)
        sheet.merged_cells.ranges.clear()
        sheet.insert_rows(4, amount=3)
        sheet.insert_cols(3)
        sheet.delete_rows(1 + 1)  # the title
        sheet.title = "別の名前"
        book.move_sheet(sheet, offset=1)

    reading = read(questionnaire, edited(empty, move))

    assert (values(reading), reading.complaints) == ({"n": 5, "ta.r2.t": "窓口"}, ())


def test_a_dragged_cell_answers_what_stands_beside_it(
    questionnaire: Questionnaire, empty: bytes
) -> None:
    def drag(book: Workbook) -> None:
        cells = slots(book)
        cells["ta.r1.n", ""].value = 9
        section(book).move_range(cells["ta.r1.n", ""].coordinate, rows=1)

    assert values(read(questionnaire, edited(empty, drag))) == {"ta.r2.n": 9}


def test_what_stands_in_an_added_row_is_not_passed_over_in_silence(
    questionnaire: Questionnaire, empty: bytes
) -> None:
    def add(book: Workbook) -> None:
        sheet = section(book)
        sheet.merged_cells.ranges.clear()
        sheet.insert_rows(4)
        sheet["D4"] = 3

    reading = read(questionnaire, edited(empty, add))

    assert complaints(reading) == [
        (
            f"「{TITLE}」シート 4行目",
            "追加された行のため、読み取れません。決められた欄に入力してください。",
        )
    ]


def test_a_deleted_row_does_not_empty_its_answer(questionnaire: Questionnaire) -> None:
    book = written(questionnaire, {"n": (3, 1)})

    def delete(workbook: Workbook) -> None:
        row = slots(workbook)["n", ""].row
        sheet = section(workbook)
        sheet.merged_cells.ranges.clear()
        sheet.delete_rows(row)

    reading = read(questionnaire, edited(book, delete))

    assert (values(reading), complaints(reading)) == (
        {},
        [
            (
                f"「{TITLE}」シート",
                "入力欄が見つかりません。行又は列が削除された可能性があります。",
            )
        ],
    )


def test_a_row_that_was_copied_with_its_number_is_refused(
    questionnaire: Questionnaire, empty: bytes
) -> None:
    def copy(book: Workbook) -> None:
        cell = slots(book)["n", ""]
        sheet = section(book)
        end = sheet.max_row + 1
        sheet.cell(end, 1, cell.row)
        sheet.cell(end, cell.column, 8)

    reading = read(questionnaire, edited(empty, copy))

    assert (values(reading), [message for _, message in complaints(reading)]) == (
        {},
        ["同じ入力欄が複数あります。複製した行又は列を削除してください。"],
    )


def test_a_deleted_and_a_copied_sheet_are_told(questionnaire: Questionnaire, empty: bytes) -> None:
    without = edited(empty, lambda book: book.remove(section(book)))
    twice = edited(empty, lambda book: book.copy_worksheet(section(book)))

    assert complaints(read(questionnaire, without)) == [
        (f"「{TITLE}」シート", "シートが見つかりません。この節の入力は読み取れません。")
    ]
    assert complaints(read(questionnaire, twice)) == [
        (
            f"「{TITLE}」シート、「{TITLE} Copy」シート",
            "同じ節のシートが複数あります。どちらかを削除してください。",
        )
    ]


@pytest.mark.parametrize(
    ("identity", "message"),
    [
        (
            Identity(7, 4, "016314", 1),
            "別の調査の回答用Excelです。この調査のファイルを選んでください。",
        ),
        (
            Identity(8, 3, "011002", 1),
            "別の機関（団体コード016314）の回答用Excelです。自機関のファイルを選んでください。",
        ),
    ],
)
def test_what_was_made_for_another_is_refused(
    questionnaire: Questionnaire, empty: bytes, identity: Identity, message: str
) -> None:
    with pytest.raises(WorkbookRefused, match=message):
        read_answer_book(io.BytesIO(empty), questionnaire, identity)


@pytest.mark.parametrize("text", ["", "{", "{}", "[1]", '{"kind": 1}', "{" * 9000])
def test_another_workbook_is_refused(questionnaire: Questionnaire, empty: bytes, text: str) -> None:
    def damage(book: Workbook) -> None:
        for cell in book[SHEET]["A"]:
            cell.value = text if cell.row == 1 else None

    with pytest.raises(WorkbookRefused, match="回答用Excelとして読み取れませんでした"):
        read(questionnaire, edited(empty, damage))


def test_a_workbook_of_an_older_revision_is_read_as_far_as_it_goes() -> None:
    old = parse_questionnaire(document(number("n"), text("gone"), single("s")))
    options = [{"value": "1", "label": "一"}]
    new = parse_questionnaire(
        document(number("n", max=5), question("s", "multiple", options=options), text("added"))
    )
    book = filled(written(old), {("n", ""): 4, ("gone", ""): "甲", ("s", ""): "二"})

    reading = read_answer_book(io.BytesIO(book), new, IDENTITY)

    assert (reading.revision, values(reading)) == (1, {"n": 4})
    assert [each.message for each in reading.complaints] == [
        "調査票が改訂され、この設問はなくなりました。",
        "調査票が改訂され、この選択肢はなくなりました。",
    ]
