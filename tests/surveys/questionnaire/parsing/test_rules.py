import pytest

from tests.surveys.questionnaire.building import (
    Json,
    document,
    number,
    parsed,
    problems,
    question,
    rule,
    table,
    text,
    unique_rule,
)

FORMS = (
    "q、cell、row_sum、col_sum、count_rows、const、days、months、"
    "sum、sub、mul、product、div、abs、round、prev、change_rate"
)
NOTHING_READ = "規則が、今回のどの設問も参照していません。"
QUESTIONS = (
    number("n"),
    question("d", "date"),
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
        ({"pow": [{"q": "n"}, 2]}, f"式は、{FORMS}のいずれかで書いてください。"),
        ({"sub": [{"q": "n"}]}, "subは、2件以上2件以下にしてください。"),
        ({"div": [{"q": "n"}, {"const": 0}]}, "0で割る式になっています。"),
        ({"abs": {"q": "zz"}}, "設問「zz」はありません。"),
        ({"round": [{"q": "n"}, 7]}, "roundは、[式, 桁数（0から6まで）] の形で書いてください。"),
        ({"round": [{"q": "n"}, True]}, "roundは、[式, 桁数（0から6まで）] の形で書いてください。"),
        (
            {"prev": {"sum": [{"change_rate": {"q": "n"}}]}},
            "prevの中に、prevやchange_rateを入れることはできません。",
        ),
        ({"prev": {"q": "zz"}}, "設問「zz」はありません。"),
        ({"count_rows": "t"}, "設問「t」は、行を追加できる表ではありません。"),
        ({"days": [{"q": "d"}, {"q": "n"}]}, "設問「n」は日付の設問ではありません。"),
        (
            {"days": [{"q": "d"}, {"date": "2026-02-30"}]},
            "daysには、日付の設問（q）又はdateを二つ書いてください。",
        ),
        ({"months": [{"month": "2026-04"}, {"q": "d"}]}, "設問「d」は年月の設問ではありません。"),
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
        (
            {"left": {"const": 1}, "right": {"const": 2}},
            "規則が、今回のどの設問も参照していません。",
        ),
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


def test_what_only_the_previous_round_says_is_nothing_to_judge() -> None:
    definition = document(*QUESTIONS, rules=(rule({"prev": {"q": "n"}}, "le", {"const": 1}),))

    assert problems(definition) == ["rule-1: 規則が、今回のどの設問も参照していません。"]


@pytest.mark.parametrize(
    ("unique", "reason"),
    [
        (["n", ["m"]], "設問「n」は表ではありません。"),
        (["zz", ["m"]], "設問「zz」はありません。"),
        (["t", ["zz"]], "表「t」に、入力できる列「zz」はありません。"),
        (["t", []], "uniqueは、[表, [列, …]] の形で、列を重複なく書いてください。"),
        (["t", ["m", "m"]], "uniqueは、[表, [列, …]] の形で、列を重複なく書いてください。"),
        (["t", "m"], "uniqueは、[表, [列, …]] の形で、列を重複なく書いてください。"),
        (["t"], "uniqueは、2件以上2件以下にしてください。"),
    ],
)
def test_a_slip_in_a_unique_rule_is_named(unique: object, reason: str) -> None:
    definition = document(*QUESTIONS, rules=(unique_rule(unique),))

    assert problems(definition)[0] == f"rule-1: {reason}"


def test_a_unique_rule_has_no_sides() -> None:
    definition = document(*QUESTIONS, rules=({**unique_rule(["t", ["m"]]), "op": "eq"},))

    assert problems(definition) == ["rule-1: 「op」という項目は、ここでは使えません。"]
