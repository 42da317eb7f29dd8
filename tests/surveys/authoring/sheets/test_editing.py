"""What people do to the workbook, and what they are told."""

from datetime import date

import pytest
from openpyxl import Workbook

from tests.surveys.authoring.sheets.books import book_of, insert, put, read, refusals
from tests.surveys.questionnaire.building import Json, document, number, rule, single, yesno

WRITTEN = document(
    number("q1"),
    single("q2"),
    rules=(rule({"q": "q1"}, "le", {"const": 9}),),
)
NAMES = "設問文・名称"


def questions(again: Json) -> list[Json]:
    return list(again["sections"][0]["questions"])


def test_new_rows_get_ids_that_were_never_used() -> None:
    def change(book: Workbook) -> None:
        sheet = book["第1節"]
        insert(sheet, 4, 区分="設問", 形式="日付", 最小=date(2026, 4, 1), **{NAMES: "開始日"})
        insert(sheet, 7, 区分="選択肢", **{NAMES: "三"})
        sheet = book["検査"]
        sheet.append([None, "確認", "${q1} < 8", "多いようです。"])

    used = {"q": 40, "q2.options": 7}
    again = read(book_of(WRITTEN, change), {"sections": [], "rules": [], "used": used})

    assert questions(again)[1] == {
        "id": "q41",
        "type": "date",
        "label": "開始日",
        "min": "2026-04-01",
    }
    options = questions(again)[2]["options"]
    assert [option["value"] for option in options] == [
        "1",
        "8",
        "2",
        "other",
    ]
    assert [each["id"] for each in again["rules"]] == ["rule-1", "r1"]


def test_columns_and_sheets_may_be_moved_and_headings_stand_lower() -> None:
    def change(book: Workbook) -> None:
        sheet = book["第1節"]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "係長の確認用"
        sheet.insert_cols(1, 2)
        sheet.title = "改名"
        book.move_sheet("検査", -2)
        del book["概要"]

    assert read(book_of(WRITTEN, change)) == WRITTEN


def test_a_sheet_without_its_row_of_the_section_takes_the_title_of_the_sheet() -> None:
    def change(book: Workbook) -> None:
        book["第1節"].delete_rows(2)
        book["第1節"].title = "基本情報"

    assert read(book_of(WRITTEN, change))["sections"][0] == {
        "id": "s1",
        "title": "基本情報",
        "questions": WRITTEN["sections"][0]["questions"],
    }


def test_numbers_as_people_type_them() -> None:
    def change(book: Workbook) -> None:
        put(book["第1節"], 3, 最小="１，０００", 最大=20.0, 小数桁="2")
        book["第1節"].cell(3, 8).number_format = "0%"
        del book["検査"]

    asked = questions(read(book_of(WRITTEN, change)))[0]

    assert (asked["min"], asked["max"], asked["decimals"]) == (1000, 2000, 2)


def test_everything_wrong_is_told_at_once_with_its_place() -> None:
    def change(book: Workbook) -> None:
        sheet = book["第1節"]
        put(sheet, 3, 最小="多め", 必須="○", 表示条件="${q9} = 1", 本文="何か")
        put(sheet, 4, 形式="地図")
        put(sheet, 6, ID="1", 単位="人")
        insert(sheet, 9, 区分="質問", **{NAMES: "?"})
        sheet.cell(1, 40, "備考")
        book["検査"].cell(2, 3, "${q1} = ")
        book.create_sheet("メモ")["A1"] = "覚え書き"

    assert refusals(book_of(WRITTEN, change)) == [
        "「第1節」シート AN1：見出し「備考」は、ありません。"
        "「概要」のシートにある見出しを使ってください。",
        "「第1節」シート E3：「必須」、「任意」のいずれかを書いてください。",
        "「第1節」シート G3：最小は、15桁以内の数で指定してください。",
        "「第1節」シート L3：設問「q9」はありません。",
        "「第1節」シート N3：この形式の設問では、「本文」は使えません。",
        "「第1節」シート C4：「地図」という形式はありません。一覧から選んでください。",
        "「第1節」シート F6：「選択肢」の行では、「単位」は使えません。",
        "「第1節」シート A9：「節」、「設問」、「選択肢」、「自由記述」、「行」、「列」、"
        "「列の選択肢」のいずれかを書いてください。",
        "「検査」シート C2：9文字目：ここに、設問や数などの値が必要です。",
        "「メモ」シート：見出しの行（区分、ID、形式、設問文・名称など）がありません。"
        "調査票に含めないシートは、削除してください。",
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"row": 3, "最小": 5, "最大": 1}, "G3：数値の範囲が逆です（最小が最大より大きい）。"),
        ({"row": 3, NAMES: " "}, "D3：設問文・名称を文字で書いてください。"),
        ({"row": 4, "ID": "q1"}, "B4：ID「q1」は、ほかの行にもあります。"),
    ],
)
def test_what_the_language_refuses_stands_at_its_cell(change: Json, told: str) -> None:
    def apply(book: Workbook) -> None:
        cells = dict(change)
        put(book["第1節"], cells.pop("row"), **cells)

    assert refusals(book_of(WRITTEN, apply))[0].startswith(f"「第1節」シート {told}")


def test_a_condition_that_looks_forward_is_told_at_its_column() -> None:
    def change(book: Workbook) -> None:
        put(book["第1節"], 3, 表示条件="${q2} = '1'")

    told = refusals(book_of(document(number("q1"), single("q2"), yesno("q3")), change))

    assert told == [
        "「第1節」シート L3：後にある設問「設問q2」を参照しています。前の設問だけを参照できます。"
    ]
