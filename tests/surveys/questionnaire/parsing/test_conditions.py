from typing import Any

import pytest

from tests.surveys.questionnaire.building import (
    document,
    multiple,
    number,
    parsed,
    problems,
    question,
    single,
    table,
    text,
    yesno,
)

FORWARD = "後にある設問「later」を参照しています。前の設問だけを参照できます。"
BEFORE = (
    number("n"),
    yesno("y"),
    single("s"),
    multiple("m"),
    question("d", "date"),
    table("t"),
    text("x"),
)


def refused(condition: Any) -> list[str]:
    return problems(document(*BEFORE, text("own", visible_if=condition), text("later")))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("own", "own: 自分自身（own）を参照しています。"),
        (
            "later",
            "own: 後にある設問「later」を参照しています。前の設問だけを参照できます。",
        ),
        ("nowhere", "own: 設問「nowhere」はありません。"),
        (None, "own: 条件は、q、cell、row、attr、all、any、notのいずれかで書いてください。"),
        (["n"], "own: 設問「（文字以外）」はありません。"),
    ],
)
def test_a_condition_reads_only_questions_before_it(name: object, reason: str) -> None:
    assert refused({"q": name, "op": "answered"}) == [reason]


@pytest.mark.parametrize(
    ("name", "op", "value"),
    [
        ("n", "contains", 1),
        ("n", "in", [1]),
        ("y", "gt", True),
        ("s", "gt", "1"),
        ("m", "eq", "1"),
        ("d", "contains", "2026-01-01"),
        ("t", "eq", 1),
        ("x", "eq", "a"),
        ("n", "like", 1),
        ("n", None, 1),
        ("n", ["eq"], 1),
    ],
)
def test_an_operator_must_fit_the_type(name: str, op: object, value: object) -> None:
    reasons = refused({"q": name, "op": op, "value": value})

    assert [reason.endswith("には、このopを使えません。") for reason in reasons] == [True]


@pytest.mark.parametrize(
    ("name", "op", "value"),
    [
        ("n", "gt", "1"),
        ("n", "gt", True),
        ("n", "gt", float("nan")),
        ("n", "gt", None),
        ("y", "eq", "true"),
        ("s", "eq", "9"),
        ("s", "in", []),
        ("s", "in", ["1", "9"]),
        ("s", "in", "1"),
        ("m", "contains", ["1"]),
        ("d", "ge", "2026-02-30"),
    ],
)
def test_a_value_must_be_one_the_question_can_have(name: str, op: str, value: object) -> None:
    assert refused({"q": name, "op": op, "value": value}) == [
        f"own: 設問「{name}」の値として、valueが正しくありません。"
    ]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"attr": "size", "op": "eq", "value": 1}, "団体の属性「size」はありません。"),
        ({"attr": ["kind"], "op": "eq", "value": 1}, "団体の属性「（文字以外）」はありません。"),
        (
            {"attr": "kind", "op": "ne", "value": "town"},
            "団体の属性の条件に使えるopは、eqとinです。",
        ),
        (
            {"attr": "kind", "op": "in", "value": ["town", "state"]},
            "団体の属性「kind」に無い値が指定されています。",
        ),
        (
            {"attr": "kind", "op": "in", "value": []},
            "団体の属性「kind」に無い値が指定されています。",
        ),
        ({"all": []}, "allは、1件以上50件以下にしてください。"),
        ({"q": "n", "op": "answered", "vaule": 1}, "「vaule」という項目は、ここでは使えません。"),
        ("y", "項目と値の組（オブジェクト）ではありません。"),
        ([], "項目と値の組（オブジェクト）ではありません。"),
    ],
)
def test_other_slips(condition: object, reason: str) -> None:
    assert refused(condition)[0] == f"own: {reason}"


def test_conditions_nest_eight_deep() -> None:
    condition: dict[str, Any] = {"q": "y", "op": "answered"}
    for _ in range(7):
        condition = {"not": condition}

    assert len(parsed(*BEFORE, text("own", visible_if=condition)).questions) == 8
    assert refused({"not": condition}) == ["own: 条件の入れ子は8段までです。"]


def test_a_section_does_not_read_its_own_questions() -> None:
    definition = document(yesno("y"))
    definition["sections"][0]["visible_if"] = {"q": "y", "op": "answered"}

    assert problems(definition) == [
        "s1: 後にある設問「y」を参照しています。前の設問だけを参照できます。"
    ]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"cell": ["t", "r1", "zz"]}, "表「t」に、入力できる欄['r1', 'zz']はありません。"),
        ({"cell": ["n", "r1", "m"]}, "表「n」に、入力できる欄['r1', 'm']はありません。"),
        ({"row": ["t", "r1"]}, "表「t」に、入力できる欄['r1']はありません。"),
        ({"cell": ["later", "r1", "m"]}, FORWARD),
    ],
)
def test_a_condition_on_a_cell_reads_what_is_there(condition: Any, reason: str) -> None:
    assert refused({**condition, "op": "answered"}) == [f"own: {reason}"]


def test_a_cell_is_compared_as_its_column_is() -> None:
    assert refused({"cell": ["t", "r1", "m"], "op": "contains", "value": 1}) == [
        "own: 設問「t」（table）には、このopを使えません。"
    ]
