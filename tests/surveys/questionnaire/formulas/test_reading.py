import pytest

from surveys.questionnaire.formulas import (
    FormulaError,
    read_condition,
    read_rule,
    read_rules,
    read_side,
)
from tests.surveys.questionnaire.building import Json

A_IS_1 = {"q": "a", "op": "eq", "value": 1}
B_IS_TRUE = {"q": "b", "op": "eq", "value": True}
A, B = {"q": "a"}, {"q": "b"}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("${a} = 1", A_IS_1),
        ("1 = ${a}", A_IS_1),
        ("5 < ${a}", {"q": "a", "op": "gt", "value": 5}),
        ("${a} >= -0.5", {"q": "a", "op": "ge", "value": -0.5}),
        ("${ a }　＝　１", A_IS_1),
        ("（${a} = 1）", A_IS_1),
        ('${a} = "x"', {"q": "a", "op": "eq", "value": "x"}),
        ("${b}=true()", B_IS_TRUE),
        ("${a} = 1 and ${b} = true()", {"all": [A_IS_1, B_IS_TRUE]}),
        (
            "${a} = 1 or ${b} = true() and ${a} = 1",
            {"any": [A_IS_1, {"all": [B_IS_TRUE, A_IS_1]}]},
        ),
        ("not(${a} = 1)", {"not": A_IS_1}),
        ("${a} != ''", {"q": "a", "op": "answered"}),
        ("${a} = ''", {"not": {"q": "a", "op": "answered"}}),
        ("count-selected(${a}) >= 1", {"q": "a", "op": "answered"}),
        ("count-selected(${a}) = 0", {"not": {"q": "a", "op": "answered"}}),
        ("selected(${a}, '1')", {"q": "a", "op": "contains", "value": "1"}),
        ("selected('1 2', ${a})", {"q": "a", "op": "in", "value": ["1", "2"]}),
        ("selected-at(${a}, 0) = 'x'", {"q": "a", "op": "first", "value": "x"}),
        ("${t.r.c} > 3", {"cell": ["t", "r", "c"], "op": "gt", "value": 3}),
        ("${m.r} = 'x'", {"row": ["m", "r"], "op": "eq", "value": "x"}),
        ("${d} < date('2026-04-01')", {"q": "d", "op": "lt", "value": "2026-04-01"}),
        ("${d} < month('2026-04')", {"q": "d", "op": "lt", "value": "2026-04"}),
        ("organization('kind') = 'town'", {"attr": "kind", "op": "eq", "value": "town"}),
        (
            "selected('town village', organization('kind'))",
            {"attr": "kind", "op": "in", "value": ["town", "village"]},
        ),
        (". > 3", {"q": "own", "op": "gt", "value": 3}),
    ],
)
def test_a_condition_is_read(text: str, condition: Json) -> None:
    assert read_condition(text, own="own") == condition


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("12", {"const": 12}),
        ("-${a}", {"mul": [A, -1]}),
        ("${a} - ${b} - 1", {"sub": [{"sub": [A, B]}, {"const": 1}]}),
        ("${a} + ${b} * 2", {"sum": [A, {"mul": [B, 2]}]}),
        ("(${a} + ${b}) * 2", {"mul": [{"sum": [A, B]}, 2]}),
        ("2 * ${a}", {"product": [{"const": 2}, A]}),
        ("${a} div ${b} div 2", {"div": [{"div": [A, B]}, {"const": 2}]}),
        ("sum(${t.c})", {"col_sum": ["t", "c"]}),
        ("sum(${t.*.c})", {"col_sum": ["t", "c"]}),
        ("sum(${t.r.*})", {"row_sum": ["t", "r"]}),
        ("sum(${a}, ${b})", {"sum": [A, B]}),
        ("round(${a})", {"round": [A, 0]}),
        ("round(${a} div 3, 1)", {"round": [{"div": [A, {"const": 3}]}, 1]}),
        ("days(${d}, date('2026-04-01'))", {"days": [{"q": "d"}, {"date": "2026-04-01"}]}),
        ("change_rate(sum(${t.c}))", {"change_rate": {"col_sum": ["t", "c"]}}),
    ],
)
def test_a_side_is_read(text: str, side: Json) -> None:
    assert read_side(text) == side


def test_a_constraint_speaks_of_its_own_question() -> None:
    assert read_rules("(. >= 0 and . <= ${b}) and ${a} != .", own="a") == [
        {"left": A, "op": "ge", "right": {"const": 0}},
        {"left": A, "op": "le", "right": B},
        {"left": A, "op": "ne", "right": A},
    ]


def test_rows_that_must_differ_are_read() -> None:
    assert read_rule("(unique(${t.a}, ${t.b}))") == {"unique": ["t", ["a", "b"]]}


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "ここに、設問や数などの値が必要です。"),
        ("${a} = ", 7, "ここに、設問や数などの値が必要です。"),
        ("${a} = 1 ${b}", 9, "ここから先が、式になっていません。"),
        ("(${a} = 1", 9, "ここに「)」が必要です。"),
        ("not(${a} = 1 2)", 13, "ここに「,」が必要です。"),
        ("${a} # 1", 5, "「#」は、ここでは使えません。"),
        ("${a = 1", 0, "「$」は、ここでは使えません。"),
        ("${a.b.c.d} = 1", 0, "設問は${設問のid}、表の欄は${表.行.列}と書いてください。"),
        ("${a} < ${b} < 3", 0, "比較は一つずつ、andやorでつないでください。"),
        ("${a}", 0, "条件（比べる式）ではありません。"),
        ("today() = 1", 0, "条件では、この値を比べられません。"),
        ("selected(${a})", 0, None),
        ("not()", 0, "notは、not(条件)の形で書いてください。"),
        ("any()", 0, "anyの中に、条件を書いてください。"),
        ("${a} > ''", 0, "空欄（''）とは、=又は!=で比べてください。"),
        ("count-selected(${a}) = 2", 15, "選択した数は、条件では0とだけ比べられます。"),
        ("organization(1) = 2", 0, "organizationは、organization('kind')の形で書いてください。"),
        ("${a} = date('2026-02-30')", 7, "dateは、date('2026-04-01')の形で書いてください。"),
        ("${t.*.c} = 1", 0, "条件では、表の欄を一つずつ指定してください。"),
        (". = 1", 0, "ここに、設問や数などの値が必要です。"),
        ("${a} = 1234567890123456", 7, "数は15桁以内で書いてください。"),
        (
            "${a} = ${b}",
            0,
            "条件では、設問の値を、決まった値と比べてください。設問どうしは規則で比べられます。",
        ),
    ],
)
def test_a_slip_in_a_condition_is_shown_at_its_place(
    text: str, position: int, message: str | None
) -> None:
    with pytest.raises(FormulaError) as refusal:
        read_condition(text)

    assert refusal.value.position == position
    assert message in (None, refusal.value.message)


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("${a} = 1", 0, "数を計算する式ではありません。"),
        ("1 + today()", 4, "関数「today」は、計算では使えません。"),
        ("${t.c}", 0, "表の合計は、sum(${表.列})の形で書いてください。"),
        ("sum()", 0, "sumの中に、足すものを書いてください。"),
        ("count(${t.c})", 0, "countは、count(${表})の形で書いてください。"),
        ("round(1, ${a})", 0, "roundは、round(式, 桁数)の形で書いてください。"),
        ("abs(1, 2)", 0, "absは、abs(式)の形で書いてください。"),
        ("days(${a})", 0, "daysは、days(始め, 終わり)の形で書いてください。"),
        ("days(${a}, 1)", 11, "ここには、設問又はdate('…')を書いてください。"),
        ("'a'", 0, "数を計算する式ではありません。"),
    ],
)
def test_a_slip_in_a_side_is_shown_at_its_place(text: str, position: int, message: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        read_side(text)

    assert (refusal.value.position, refusal.value.message) == (position, message)


@pytest.mark.parametrize("text", ["${a} + 1", "unique(${t.a}, ${u.b})", "unique()", "unique(1)"])
def test_a_rule_compares_or_differs(text: str) -> None:
    with pytest.raises(FormulaError):
        read_rule(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 5000 + "1" + ")" * 5000, "-" * 9000 + "1", "abs(" * 3000, "not(" * 3000],
)
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        read_side(text)

    assert refusal.value.message == "式の入れ子は30段までです。"


def test_a_long_sum_is_no_deep_one() -> None:
    assert read_side("+".join(["1"] * 5000)) == {"sum": [{"const": 1}] * 5000}


def test_a_formula_has_an_end() -> None:
    with pytest.raises(FormulaError) as refusal:
        read_side("1" * 20_001)

    assert refusal.value.message == "式は20,000文字以内で書いてください。"
