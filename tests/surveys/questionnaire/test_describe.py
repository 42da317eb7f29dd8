from typing import Any

import pytest

from surveys.questionnaire import parse_questionnaire
from surveys.questionnaire.describe import describe, describe_formula, describe_rule
from surveys.questionnaire.rules import ComparisonRule
from surveys.questionnaire.wording import side_in_words
from tests.surveys.questionnaire.building import (
    SAMPLES,
    multiple,
    number,
    parsed,
    question,
    rule,
    single,
    table,
    text,
    unique_rule,
    yesno,
)

MONTHS = "令和８年11月から令和９年１月までの月数"
BEFORE = (
    number("n", max=10_000),
    yesno("y"),
    single("s"),
    multiple("m"),
    question("d", "date"),
    table("t"),
)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"q": "y", "op": "eq", "value": True}, "「設問y」が「はい」のとき"),
        ({"q": "y", "op": "ne", "value": True}, "「設問y」が「はい」でないとき"),
        ({"q": "n", "op": "gt", "value": 1000}, "「設問n」が1,000人を超えるとき"),
        ({"q": "n", "op": "le", "value": 0.5}, "「設問n」が0.5人以下のとき"),
        ({"q": "s", "op": "in", "value": ["2", "1"]}, "「設問s」が「一」又は「二」のとき"),
        ({"q": "m", "op": "contains", "value": "3"}, "「設問m」が「三」を含むとき"),
        ({"q": "m", "op": "not_contains", "value": "3"}, "「設問m」が「三」を含まないとき"),
        ({"q": "d", "op": "ge", "value": "2026-04-01"}, "「設問d」が令和８年４月１日以後のとき"),
        ({"q": "t", "op": "answered"}, "「設問t」に回答したとき"),
        ({"cell": ["t", "r1", "m"], "op": "answered"}, "「設問t／常勤／男」に回答したとき"),
        (
            {"cell": ["t", "r2", "f"], "op": "ge", "value": 1},
            "「設問t／非常勤／女」が1人以上のとき",
        ),
        (
            {"attr": "kind", "op": "in", "value": ["town", "village"]},
            "回答団体の種別が「町」又は「村」のとき",
        ),
        (
            {"attr": "has_health_center", "op": "eq", "value": True},
            "回答団体の保健所の設置が「あり」のとき",
        ),
        (
            {"not": {"q": "y", "op": "eq", "value": True}},
            "（「設問y」が「はい」である）に当たらないとき",
        ),
        (
            {
                "all": [
                    {"q": "n", "op": "answered"},
                    {"any": [{"q": "y", "op": "answered"}, {"q": "s", "op": "answered"}]},
                ]
            },
            "「設問n」に回答した、かつ、（「設問y」に回答した、又は、「設問s」に回答した）のとき",
        ),
    ],
)
def test_conditions_in_words(condition: Any, sentence: str) -> None:
    questionnaire = parsed(*BEFORE, text("last", visible_if=condition))
    parsed_condition = questionnaire.question("last").visible_if
    assert parsed_condition is not None

    assert describe(parsed_condition, questionnaire) == sentence


def test_a_rule_in_words() -> None:
    parts = {"sum": [{"cell": ["t", "r1", "m"]}, {"row_sum": ["t", "r2"]}]}
    demand = rule(parts, "le", {"mul": [{"q": "n"}, 2]}, when={"q": "n", "op": "gt", "value": 0})
    questionnaire = parsed(*BEFORE, rules=(demand,))

    assert describe_rule(questionnaire.rules[0], questionnaire) == (
        "「設問n」が0人を超えるとき、（「設問t」の「常勤／男」＋「設問t」の「非常勤」の合計）は、"
        "「設問n」×2以下であること。"
    )


def test_a_column_and_a_constant_in_words() -> None:
    questionnaire = parsed(*BEFORE, rules=(rule({"col_sum": ["t", "f"]}, "gt", {"const": 0}),))

    sentence = describe_rule(questionnaire.rules[0], questionnaire)

    assert sentence == "「設問t」の「女」の合計は、0を超えること。"


@pytest.mark.parametrize(
    ("side", "words"),
    [
        ({"sub": [{"q": "n"}, {"const": 1000}]}, "（「設問n」－1,000）"),
        (
            {"div": [{"q": "n"}, {"product": [{"q": "n"}, {"const": 0.5}]}]},
            "「設問n」÷（「設問n」×0.5）",
        ),
        ({"abs": {"sub": [{"q": "n"}, {"const": 1}]}}, "（「設問n」－1）の絶対値"),
        ({"round": [{"q": "n"}, 1]}, "「設問n」（小数第2位を四捨五入）"),
        ({"prev": {"row_sum": ["t", "r1"]}}, "前回の「設問t」の「常勤」の合計"),
        ({"change_rate": {"q": "n"}}, "「設問n」の前回からの増減率"),
        (
            {"days": [{"q": "d"}, {"date": "2027-03-31"}]},
            "「設問d」から令和９年３月31日までの日数",
        ),
        ({"months": [{"month": "2026-11"}, {"month": "2027-01"}]}, MONTHS),
    ],
)
def test_a_side_in_words(side: Any, words: str) -> None:
    rules = (rule({"col_sum": ["t", "m"]}, "ge", side),)
    questionnaire = parsed(*BEFORE, rules=rules)
    (found,) = questionnaire.rules
    assert isinstance(found, ComparisonRule)

    assert side_in_words(found.right, questionnaire) == words


def test_a_formula_needs_no_brackets_around_it() -> None:
    parts = {"sub": [{"q": "n"}, {"col_sum": ["t", "m"]}]}
    questionnaire = parsed(*BEFORE, rules=(rule(parts, "ge", {"const": 0}),))
    (found,) = questionnaire.rules
    assert isinstance(found, ComparisonRule)

    assert describe_formula(found.left, questionnaire) == "「設問n」－「設問t」の「男」の合計"


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (["m"], "「設問t」の「男」は、行ごとに異なること。"),
        (["m", "f"], "「設問t」の「男」と「女」の組合せは、行ごとに異なること。"),
    ],
)
def test_a_unique_rule_in_words(columns: list[str], sentence: str) -> None:
    questionnaire = parsed(*BEFORE, rules=(unique_rule(["t", columns]),))

    assert describe_rule(questionnaire.rules[0], questionnaire) == sentence


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_every_rule_and_condition_of_the_samples_has_words(sample: Any) -> None:
    questionnaire = parse_questionnaire(sample)

    conditions = [q.visible_if for q in questionnaire.questions if q.visible_if]
    rules = [describe_rule(rule, questionnaire) for rule in questionnaire.rules]

    assert all(describe(c, questionnaire).endswith("とき") for c in conditions)
    assert all(sentence.endswith("こと。") for sentence in rules)
