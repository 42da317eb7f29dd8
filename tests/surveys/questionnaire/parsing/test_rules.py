import pytest

from tests.surveys.questionnaire.building import (
    Json,
    document,
    number,
    parsed,
    problems,
    rule,
    table,
    text,
)

QUESTIONS = (
    number("n"),
    text("x"),
    table("t", disabled_cells=[["r1", "m"], ["r1", "f"]]),
)


@pytest.mark.parametrize(
    ("left", "reason"),
    [
        ({"q": "x"}, "設問「x」は数値の設問ではありません。"),
        ({"q": "t"}, "設問「t」は数値の設問ではありません。"),
        ({"q": "zz"}, "設問「zz」はありません。"),
        ({"cell": ["n", "r1", "m"]}, "設問「n」は表ではありません。"),
        ({"cell": ["t", "r2", "zz"]}, "表「t」に、入力できる欄['r2', 'zz']はありません。"),
        ({"cell": ["t", "r1", "m"]}, "表「t」に、入力できる欄['r1', 'm']はありません。"),
        ({"cell": ["t", "r2"]}, "表「t」に、入力できる欄['r2']はありません。"),
        ({"row_sum": ["t", "r1"]}, "表「t」に、入力できる欄['r1']はありません。"),
        ({"row_sum": ["t", "zz"]}, "表「t」に、入力できる欄['zz']はありません。"),
        ({"col_sum": ["t", "r2"]}, "表「t」に、入力できる欄['r2']はありません。"),
        ({"mul": [{"q": "n"}, "2"]}, "mulは、[式, 数] の形で書いてください。"),
        ({"mul": [{"q": "n"}, True]}, "mulは、[式, 数] の形で書いてください。"),
        ({"const": "1"}, "constは、15桁以内の数で指定してください。"),
        ({"const": float("inf")}, "constは、15桁以内の数で指定してください。"),
        ({"const": 10**400}, "constは、15桁以内の数で指定してください。"),
        ({"sum": []}, "sumは、1件以上200件以下にしてください。"),
        (
            {"div": [{"q": "n"}, 0]},
            "式は、q、cell、row_sum、col_sum、sum、mul、constのいずれかで書いてください。",
        ),
        ({"q": "n", "x": 1}, "「x」という項目は、ここでは使えません。"),
    ],
)
def test_a_slip_in_an_expression_is_named(left: Json, reason: str) -> None:
    definition = document(*QUESTIONS, rules=(rule(left, "le", {"q": "n"}),))

    assert problems(definition) == [f"rule-1: {reason}"]


@pytest.mark.parametrize(
    ("slip", "reason"),
    [
        (
            {"level": "fatal"},
            "規則のlevelは、error、warningのいずれかで指定してください。",
        ),
        (
            {"op": "in"},
            "規則のopは、eq、ne、le、lt、ge、gtのいずれかで指定してください。",
        ),
        (
            {"op": ["eq"]},
            "規則のopは、eq、ne、le、lt、ge、gtのいずれかで指定してください。",
        ),
        ({"left": {"const": 1}, "right": {"const": 2}}, "規則が、どの設問も参照していません。"),
        ({"message": ""}, "messageを文字で書いてください。"),
        ({"wen": {}}, "「wen」という項目は、ここでは使えません。"),
    ],
)
def test_a_slip_in_a_rule_is_named(slip: Json, reason: str) -> None:
    definition = document(*QUESTIONS, rules=({**rule({"q": "n"}, "le", {"const": 1}), **slip},))

    assert problems(definition) == [f"rule-1: {reason}"]


def test_a_rule_knows_what_it_reads() -> None:
    both = {"sum": [{"col_sum": ["t", "m"]}, {"mul": [{"q": "n"}, 2]}]}
    (found,) = parsed(*QUESTIONS, rules=(rule(both, "le", {"q": "n"}),)).rules

    assert (found.question_ids, found.field_keys) == (("t", "n"), ("t.r2.m", "n"))
