"""What an officer opens: locked but for what is asked, explained, and never a program."""

import io
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from onepublic.core.text import forbidden_character
from surveys.answerbook import Response, write_answer_book
from surveys.questionnaire import Questionnaire, Respondent, parse_questionnaire
from tests.onepublic.workbook.hostile import UNCHANGED
from tests.surveys.answerbook.books import COVER, IDENTITY, read, section_sheets, slots, written
from tests.surveys.answerbook.filling import EVERY_TYPE, plausible
from tests.surveys.questionnaire.all_types import calculated, dynamic_table
from tests.surveys.questionnaire.building import (
    PREFECTURE,
    TOWN,
    document,
    multiple,
    number,
    question,
    single,
    text,
    yesno,
)

VILLAGES = {"attr": "kind", "op": "in", "value": ["village"]}
FEW = 4_000


def opened(
    questionnaire: Questionnaire, answers: dict[str, object] | None = None, by: Respondent = TOWN
) -> Workbook:
    given = {key: (value, 1) for key, value in (answers or {}).items()}
    return openpyxl.load_workbook(io.BytesIO(written(questionnaire, given, by)))


def said(sheet: Worksheet) -> list[str]:
    """The texts of a sheet, without its numbers of rows and columns."""
    rows = sheet.iter_rows(min_row=2, min_col=2)
    return [cell.value for row in rows for cell in row if isinstance(cell.value, str)]


def test_only_what_is_asked_is_unlocked() -> None:
    questionnaire = parse_questionnaire(EVERY_TYPE)
    book = opened(questionnaire)
    asked = {(cell.parent.title, cell.coordinate) for cell in slots(book).values()}

    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and type(cell).__name__ == "Cell"
    }

    assert unlocked == asked
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert not any(sheet.protection.password for sheet in book.worksheets)
    assert book.security is not None
    assert book.security.lockStructure


def test_every_field_that_is_entered_has_its_cells() -> None:
    questionnaire = parse_questionnaire(EVERY_TYPE)

    keys = {key for key, _ in slots(opened(questionnaire))}

    assert keys == {field.key for field in questionnaire.fields if not field.is_calculated}


def test_the_first_sheet_says_what_for_by_when_and_whom_to_ask() -> None:
    book = opened(parse_questionnaire(EVERY_TYPE))

    texts = said(book.worksheets[0])

    assert texts[0] == COVER.title
    assert {COVER.organization, COVER.deadline, COVER.contact, COVER.address} <= set(texts)
    assert book.worksheets[0].title == "はじめに"


def test_the_first_sheet_says_where_files_and_reasons_are_given() -> None:
    texts = said(opened(parse_questionnaire(EVERY_TYPE)).worksheets[0])

    assert [text for text in texts if "添付" in text or "理由" in text] == [
        "ファイルの添付が必要な設問は、ポータルの回答画面で添付してください。",
        "前回との差などの「注意」に対する理由を入力する欄は、このExcelにはありません。"
        "読み込んだ後に、ポータルの「回答の確認」の画面で入力してください。",
    ]


def test_conditions_stand_in_words_and_what_never_applies_is_left_out() -> None:
    yes = {"q": "y", "op": "eq", "value": True}
    questionnaire = parse_questionnaire(
        document(
            yesno("y"),
            number("n", visible_if=yes),
            number("v", visible_if=VILLAGES),
            number("after", visible_if={"q": "v", "op": "answered"}),
            number("other", visible_if={"any": [yes, {"not": VILLAGES}]}),
        )
    )

    texts = said(opened(questionnaire).worksheets[1])

    assert [each for each in texts if each.startswith("▶")] == [
        "▶ 「設問y」が「はい」のとき、回答してください。"
    ]
    assert [each for each in texts if each.startswith("設問")] == ["設問y", "設問n", "設問other"]


def test_what_came_from_the_previous_round_is_marked() -> None:
    questionnaire = parse_questionnaire(document(number("n"), number("m")))
    target = io.BytesIO()
    answers: dict[str, tuple[object, int]] = {"n": (3, 1), "m": (4, 1)}
    response = Response(questionnaire, TOWN, answers, {}, carried={"m"})
    write_answer_book(target, response, IDENTITY, COVER)

    texts = said(openpyxl.load_workbook(target).worksheets[1])

    place = texts.index("設問m")
    assert [each.startswith("◇ 前回の値") for each in texts[place - 1 : place + 2]] == [
        False,
        False,
        True,
    ]


def test_a_section_for_others_is_no_sheet() -> None:
    questionnaire = parse_questionnaire(
        {
            "sections": [
                {"id": "a", "title": "全て", "questions": [number("n")]},
                {"id": "b", "title": "村", "visible_if": VILLAGES, "questions": [number("v")]},
            ]
        }
    )

    titles = [sheet.title for _, sheet in section_sheets(opened(questionnaire, by=PREFECTURE))]

    assert titles == ["全て"]


def test_what_is_chosen_is_listed_and_what_is_typed_has_its_limits() -> None:
    questionnaire = parse_questionnaire(
        document(
            single("s", allow_none=True),
            multiple("m"),
            number("n", min=0, max=9),
            number("f", decimals=1, allow_none=True),
            question("d", "date", min="2026-04-01", max="2027-03-31"),
            text("t"),
        )
    )
    book = opened(questionnaire)
    checks = book.worksheets[1].data_validations.dataValidation

    assert [(each.type, each.formula1, each.formula2, each.error) for each in checks] == [
        (
            "custom",
            'IF(ISNUMBER(D20),AND(D20>=0,D20<=1000),D20="該当なし")',
            None,
            "0人以上1,000人以下の小数点以下1桁までの数字を入力してください。",
        ),
        ("list", "_onepublic!$C$1:$C$4", None, "一覧の中から選んでください。"),
        ("textLength", "0", "10", "10文字以内で入力してください。"),
        ("list", "_onepublic!$D$1:$D$1", None, "「○」を選ぶか、空欄にしてください。"),
        ("whole", "0", "9", "0人以上9人以下の整数を入力してください。"),
        (
            "date",
            "46113",
            "46477",
            "決められた期間の日付を、「2026/11/23」の形で入力してください。",
        ),
        ("textLength", "0", "20", "20文字以内で入力してください。"),
    ]
    assert [cell.value for cell in book["_onepublic"]["C"]] == ["一", "二", "その他", "該当なし"]


def test_options_that_could_be_mistaken_are_told_apart() -> None:
    options = [
        {"value": "1", "label": "2"},
        {"value": "2", "label": "同じ"},
        {"value": "3", "label": "同じ"},
        {"value": "4", "label": "該当なし"},
    ]
    questionnaire = parse_questionnaire(
        document(question("s", "single", options=options, allow_none=True))
    )
    given: list[object] = ["1", "2", "3", "4", {"none": True}]
    answers = [(questionnaire, {"s": (value, 1)}) for value in given]

    books = [openpyxl.load_workbook(io.BytesIO(written(*each))) for each in answers]

    assert [slots(book)["s", ""].value for book in books] == [
        "2［1］",
        "同じ［2］",
        "同じ［3］",
        "該当なし［4］",
        "該当なし",
    ]
    assert [read(questionnaire, written(*each)).entries for each in answers] == [()] * 5


def test_hostile_texts_stay_what_they_are() -> None:
    """As answer, as label, as help, as what a number's field refused."""
    texts = [
        each
        for each in UNCHANGED
        if len(each) <= FEW and each.strip() and not forbidden_character(each)
    ]
    asked = [
        question(f"q{place}", type_, max_length=FEW, label=each.strip(), help=each)
        if type_ == "longtext"
        else question(f"q{place}n", type_, label=each.strip())
        for place, each in enumerate(texts)
        for type_ in ("longtext", "number")
    ]
    sections = [
        {"id": f"s{start}", "title": texts[start // 2], "questions": asked[start : start + 200]}
        for start in range(0, len(asked), 200)
    ]
    questionnaire = parse_questionnaire({"sections": sections})
    answers = {f"q{place}": (each, 1) for place, each in enumerate(texts)}
    answers |= {f"q{place}n": (each, 1) for place, each in enumerate(texts)}

    book = written(questionnaire, answers)

    shown = {cell for rows in _all_rows(book) for row in rows for cell in row}
    kinds = {
        cell.data_type
        for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
    assert (set(texts) - shown, kinds) == (set(), {"n", "s"})
    assert read(questionnaire, book).entries == ()


def _all_rows(book: bytes) -> list[list[list[Any]]]:
    """By a reader that is not ours."""
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return [opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names]


def test_a_long_survey_has_room_for_its_words() -> None:
    long = "とても長い問いかけの文です。" * 20
    questionnaire = parse_questionnaire(document(number("n", label=long, help=long)))
    sheet = opened(questionnaire).worksheets[1]

    heights = [sheet.row_dimensions[row].height for row in range(5, 7)]

    assert [height > 80 for height in heights] == [True, True]


def test_calculated_numbers_are_formulas_where_the_sheet_holds_what_they_read() -> None:
    rate = {"change_rate": {"q": "n"}}
    twice = {"product": [{"q": "n"}, {"const": 2}]}
    questionnaire = parse_questionnaire(
        document(
            number("n"),
            question("d", "date"),
            dynamic_table("g"),
            calculated("rate", rate),
            calculated("days", {"days": [{"date": "2026-04-01"}, {"q": "d"}]}),
            calculated("rows", {"count_rows": "g"}),
            calculated("two", {"abs": {"sub": [{"q": "n"}, twice]}}),
        )
    )
    sheet = opened(questionnaire, plausible(questionnaire, 1)).worksheets[1]
    shown = [
        cell.value
        for row in sheet.iter_rows(min_col=4, max_col=4)
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith(("=IFERROR", "（読込み後"))
    ]

    assert shown == [
        "（読込み後に計算）",
        "=IFERROR(ROUND((IF(ISNUMBER('第1節'!D9),'第1節'!D9,NA())-DATE(2026,4,1)),1),\"\")",
        "=IFERROR(ROUND(IF(SUMPRODUCT(MAX(('第1節'!D14:H17<>\"\")"
        "*(ROW('第1節'!D14:H17)-ROW('第1節'!D14)+1)))=0,NA(),"
        "SUMPRODUCT(MAX(('第1節'!D14:H17<>\"\")"
        "*(ROW('第1節'!D14:H17)-ROW('第1節'!D14)+1)))),1),\"\")",
        "=IFERROR(ROUND(ABS((IF(ISNUMBER('第1節'!D6),'第1節'!D6,NA())"
        "-(IF(ISNUMBER('第1節'!D6),'第1節'!D6,NA())*(2)))),1),\"\")",
    ]


def test_stored_numbers_and_files_without_cells_are_no_obstacle() -> None:
    plan = question("f", "file", accept=[".pdf"], max_files=1, max_mb=1)
    twice = calculated("two", {"mul": [{"q": "n"}, 2]})
    questionnaire = parse_questionnaire(document(number("n"), twice, plan))
    answers: dict[str, tuple[object, int]] = {"n": (3, 1), "two": (6, 1), "f": (["a-file"], 1)}

    reading = read(questionnaire, written(questionnaire, answers))

    assert (reading.entries, reading.complaints) == ((), ())
