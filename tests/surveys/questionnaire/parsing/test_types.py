from typing import Any

import pytest

from surveys.questionnaire import parse_questionnaire
from tests.surveys.questionnaire.all_types import (
    COLUMNS,
    OPTIONS,
    calculated,
    dynamic_table,
    image,
    matrix,
    money,
    month,
    note,
    percent,
    ranking,
    scale,
    typed_table,
    year,
)
from tests.surveys.questionnaire.building import Json, document, number, problems, question, text

WITH_TEXT = [{**OPTIONS[0], "free_text": {"label": "内容", "max_length": 10}}]


@pytest.mark.parametrize(
    ("definition", "reason"),
    [
        (money("a", unit="ドル"), "unitは、円、千円、百万円のいずれかで指定してください。"),
        (money("a", decimals=1), "「decimals」という項目は、ここでは使えません。"),
        (money("a", min=2, max=1), "数値の範囲が逆です（minがmaxより大きい）。"),
        (percent("a", min=101), "数値の範囲が逆です（minがmaxより大きい）。"),
        (percent("a", unit="％"), "「unit」という項目は、ここでは使えません。"),
        (number("a", grouped="はい"), "groupedは、true又はfalseで指定してください。"),
        (scale("a", max=1), "段階は、2以上11以下にしてください（minからmaxまで）。"),
        (scale("a", max=12), "段階は、2以上11以下にしてください（minからmaxまで）。"),
        (ranking("a", max_rank=4), "max_rankが、選択肢の数より大きくなっています。"),
        (ranking("a", max_rank=0), "max_rankは、1から100までの整数で指定してください。"),
        (
            question("a", "email", max_length=0),
            "max_lengthは、1から4000までの整数で指定してください。",
        ),
        (question("a", "tel", pattern="0.*"), "「pattern」という項目は、ここでは使えません。"),
        (year("a", min=26), "minは、1000から9999までの整数で指定してください。"),
        (year("a", min=2031), "年の範囲が逆です（minがmaxより後）。"),
        (month("a", min="2026-13"), "minは、YYYY-MMの年月で指定してください。"),
        (month("a", min="2027-04"), "年月の範囲が逆です（minがmaxより後）。"),
        (
            question("a", "organization", kinds=["城"]),
            "kindsは、prefecture、designated_city、core_city、special_ward、city、town、village"
            "の中から指定してください。",
        ),
        (question("a", "organization", kinds=[]), "kindsは、1件以上7件以下にしてください。"),
        (
            typed_table("a", columns=[COLUMNS[1]]),
            "合計する数値の列がありません。",
        ),
        (dynamic_table("a", min_rows=5), "行数の範囲が逆です（min_rowsがmax_rowsより大きい）。"),
        (dynamic_table("a", max_rows=101), "max_rowsは、1から100までの整数で指定してください。"),
        (matrix("a", options=[]), "optionsは、1件以上100件以下にしてください。"),
        (matrix("a", rows=None), "rowsは、一覧（配列）で書いてください。"),
        (note("a", text=""), "textを文字で書いてください。"),
        (note("a", required=True), "requiredは、入力欄のない設問では指定できません。"),
        (image("a", alt=None), "altを文字で書いてください。"),
        (image("a", file="../x"), "fileは、保存したファイルのidで指定してください。"),
        (image("a", carry_over=True), "carry_overは、入力欄のない設問では指定できません。"),
    ],
)
def test_a_slip_in_a_type_is_named(definition: Json, reason: str) -> None:
    assert problems(document(definition)) == [f"a: {reason}"]


@pytest.mark.parametrize(
    ("definition", "place", "key"),
    [
        (typed_table("a", columns=[{**COLUMNS[0], "required": True}]), "columns[0]", "required"),
        (typed_table("a", columns=[{**COLUMNS[0], "max_length": 3}]), "columns[0]", "max_length"),
        (typed_table("a", totals={"rows": True}), "totals", "rows"),
        (dynamic_table("a", totals={"row": True}), "totals", "row"),
        (matrix("a", options=WITH_TEXT), "options[0]", "free_text"),
        (ranking("a", options=WITH_TEXT, max_rank=1), "options[0]", "free_text"),
    ],
)
def test_a_key_of_another_type_is_unknown(definition: Json, place: str, key: str) -> None:
    if "totals" in definition and place != "totals":
        definition = {**definition, "totals": None}

    assert problems(document(definition)) == [
        f"a/{place}: 「{key}」という項目は、ここでは使えません。"
    ]


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ({"q": "later"}, "後にある設問「later」を参照しています。前の設問だけを参照できます。"),
        ({"q": "c"}, "自分自身（c）を参照しています。"),
        ({"q": "nix"}, "設問「nix」はありません。"),
        ({"q": "word"}, "設問「word」は数値の設問ではありません。"),
        ({"col_sum": ["t", "t"]}, "表「t」のこの欄は、数値の欄ではありません。"),
    ],
)
def test_a_formula_reads_numbers_of_earlier_questions(formula: Any, reason: str) -> None:
    definition = document(
        text("word"), dynamic_table("t"), calculated("c", formula), number("later")
    )

    assert problems(definition) == [f"c: {reason}"]


def test_a_column_of_an_unknown_type_is_named_with_its_place() -> None:
    definition = document(typed_table("a", columns=[{**COLUMNS[0], "type": "色"}], totals=None))

    assert problems(definition) == ["a/columns[0]: 列の型「色」はありません。"]


def test_every_slip_is_reported_together() -> None:
    definition = document(money("a", unit="ドル"), scale("b", max=1), month("c", min="x"))

    assert [line.split(":")[0] for line in problems(definition)] == ["a", "b", "c"]


@pytest.mark.parametrize("sections", [[], [{"id": "s1", "title": "節", "questions": []}]])
def test_only_a_draft_may_be_empty(sections: list[Json]) -> None:
    definition = {"sections": sections}

    assert parse_questionnaire(definition, draft=True).questions == ()
    assert len(problems(definition)) == 1


def test_a_draft_is_strict_in_all_other_things() -> None:
    definition = document(money("a", unit="ドル"))

    with pytest.raises(ValueError, match=r"^a: unitは、"):
        parse_questionnaire(definition, draft=True)
