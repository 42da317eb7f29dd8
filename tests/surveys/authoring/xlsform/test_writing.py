"""What our own things become in a form, and what is said of the rest."""

from io import BytesIO

from onepublic.workbook.grids import read_grids
from surveys.authoring.xlsform import NOTES_SHEET
from tests.surveys.authoring.xlsform.forms import read, written
from tests.surveys.questionnaire.all_types import image, money, note, typed_table
from tests.surveys.questionnaire.building import (
    Json,
    document,
    number,
    rule,
    single,
    table,
    unique_rule,
    yesno,
)

SUM = {"sum": [{"col_sum": ["t", "m"]}, {"q": "n"}]}


def cells(content: bytes, sheet: str, *names: str) -> list[list[object]]:
    """The cells of a sheet under these heads, without rows where all of them are blank."""
    (grid,) = [grid for grid in read_grids(BytesIO(content)) if grid.title == sheet]
    at = [list(grid.rows[0]).index(name) for name in names]
    rows: list[list[object]] = [[row[place] or "" for place in at] for row in grid.rows[1:]]
    return [row for row in rows if any(row)]


def test_tables_are_written_cell_by_cell_and_totals_spelt_out() -> None:
    limit = rule(SUM, "le", {"const": 300})
    content, _ = written(document(number("n"), table("t", required=True), rules=(limit,)))

    assert cells(content, "survey", "type", "name", "required", "constraint")[2:] == [
        ["begin_group", "t_", "", ""],
        ["integer", "t_r1_m", "yes", ". >= 0 and . <= 100"],
        ["integer", "t_r1_f", "yes", ". >= 0 and . <= 100"],
        [
            "integer",
            "t_r2_m",
            "yes",
            ". >= 0 and . <= 100 and (coalesce(${t_r1_m}, 0) + coalesce(., 0)) + ${n} <= 300",
        ],
        ["integer", "t_r2_f", "yes", ". >= 0 and . <= 100"],
        ["end_group", "t_", "", ""],
        ["end_group", "s1", "", ""],
    ]


def test_a_free_text_is_a_question_of_its_own() -> None:
    content, notes = written(document(single("s")))

    assert cells(content, "survey", "type", "name", "relevant", "required")[1:3] == [
        ["select_one s", "s", "", ""],
        ["text", "s_other", "selected(${s}, 'other')", "yes"],
    ]
    assert notes == ["s 自由記述「内容」（別の設問として書き出します）"]


def test_what_a_form_can_t_say_is_noted_and_stands_on_a_sheet() -> None:
    body = {"attr": "kind", "op": "eq", "value": "town"}
    change = rule({"change_rate": {"q": "n"}}, "le", {"const": 0.3})
    warning = rule({"q": "n"}, "le", {"const": 9}, id="rule-2", level="warning")
    same = unique_rule(["t", ["t"]], id="rule-3")
    asked: tuple[Json, ...] = (
        number("n", allow_none=True, carry_over=True),
        money("m", visible_if=body),
        typed_table("t"),
        image("i"),
        note("w", label="見出し"),
        yesno("1"),
    )

    content, notes = written(document(*asked, rules=(change, warning, same)))

    assert notes == [
        "n 「該当なし」の回答",
        "n 前回の回答の表示",
        "m 金額（整数として書き出します）",
        "m 表示条件（回答団体の種別などによる条件は、XLSFormにありません）",
        "t 表の形（欄ごとの設問として書き出します）",
        "i 画像（代替テキストだけを書き出します）",
        "w 説明文の見出し（本文の初めに置きます）",
        "1 設問のID（「q_1」に変えます）",
        "rule-1 規則（前回の回答との比較は、XLSFormにありません）",
        "rule-2 規則（理由を書けば提出できる確認は、XLSFormにありません）",
        "rule-3 規則（行の重複の確認は、XLSFormにありません）",
    ]
    listed = cells(content, NOTES_SHEET, "設問・規則のID", "XLSFormで表せないもの")
    assert [f"{id_} {phrase}" for id_, phrase in listed[:-1]] == notes


def test_a_rule_under_a_condition_comes_back() -> None:
    when = {"q": "y", "op": "eq", "value": True}
    kept = rule({"q": "a"}, "le", {"q": "b"}, id="r1", when=when)
    questionnaire = document(yesno("y"), number("a"), number("b"), rules=(kept,))

    content, notes = written(questionnaire)
    again, left_out = read(content)

    assert (notes, left_out, again["rules"]) == ([], [], [kept])
