"""Workbooks that were changed otherwise than by filling in: understood, or refused with why."""

import io

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from onepublic.workbook import WorkbookRefused
from surveys.answerbook.codes import SHEET, Codes, Identity, NotOurs
from surveys.answerbook.reading import read_answer_book
from surveys.questionnaire import Questionnaire, parse_questionnaire
from tests.surveys.answerbook.books import (
    IDENTITY,
    TITLE,
    complaints,
    edited,
    filled,
    read,
    slots,
    values,
    written,
)
from tests.surveys.questionnaire.building import (
    document,
    number,
    question,
    single,
    text,
)


def section(book: Workbook) -> Worksheet:
    sheet: Worksheet = book.worksheets[1]
    return sheet


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


def test_many_added_rows_are_told_shortly(questionnaire: Questionnaire, empty: bytes) -> None:
    def add(book: Workbook) -> None:
        for row in range(201, 1_201):
            section(book).cell(row, 4, "貼付け")

    reading = read(questionnaire, edited(empty, add))

    assert [place for place, _ in complaints(reading)] == [
        *(f"「{TITLE}」シート {row}行目" for row in range(201, 206)),
        f"「{TITLE}」シート ほか995行",
    ]


def test_codes_of_absurd_length_are_not_read() -> None:
    with pytest.raises(NotOurs):
        Codes.from_cells(["[" + "1," * 2_000_001 + "1]"])
