from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaire import (
    Level,
    Questionnaire,
    Respondent,
    check_value,
    evaluate,
    parse_questionnaire,
)
from surveys.questionnaire.plausible import plausible_answers
from tests.surveys.questionnaire.all_types import (
    ALL_NEW,
    calculated,
    dynamic_table,
    money,
    month,
    scale,
    year,
)
from tests.surveys.questionnaire.building import (
    KINDS,
    SAMPLES,
    TOWN,
    Json,
    multiple,
    number,
    parsed,
    question,
    respondent,
    rule,
    seeded,
    table,
    text,
    unhurried,
    unique_rule,
)
from tests.surveys.questionnaire.definitions import documents

SEEDS = range(25)
by_id = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])


@by_id
@pytest.mark.parametrize("kind", KINDS)
def test_every_drawn_response_can_be_submitted(sample: dict[str, Any], kind: str) -> None:
    questionnaire = parse_questionnaire(sample)

    found = [
        [
            finding
            for finding in evaluate(questionnaire, drawn, respondent(kind)).findings
            if finding.level != "warning"
        ]
        for seed in SEEDS
        for drawn in [plausible_answers(questionnaire, respondent(kind), seeded(seed))]
    ]

    assert found == [[] for _ in SEEDS]


@by_id
@settings(unhurried, max_examples=30)
@given(st.sampled_from(KINDS), st.integers(0, 2**32))
def test_only_visible_fields_get_normal_values(
    sample: dict[str, Any], kind: str, seed: int
) -> None:
    questionnaire = parse_questionnaire(sample)

    answers = plausible_answers(questionnaire, respondent(kind), seeded(seed))

    visible = evaluate(questionnaire, answers, respondent(kind)).visible_fields
    assert answers.keys() <= visible
    assert [check_value(questionnaire.field(key), value) for key, value in answers.items()] == [
        None
    ] * len(answers)


@settings(unhurried, max_examples=50)
@given(documents(), st.sampled_from(KINDS), st.integers(0, 99))
def test_any_questionnaire_gets_valid_answers_even_when_its_rules_contradict(
    document: Json, kind: str, seed: int
) -> None:
    questionnaire = parse_questionnaire(document)

    answers = plausible_answers(questionnaire, respondent(kind), seeded(seed))

    findings = evaluate(questionnaire, answers, respondent(kind)).findings
    assert {finding.level for finding in findings} <= {Level.ERROR}


@by_id
def test_the_same_seed_gives_the_same_answers(sample: dict[str, Any]) -> None:
    questionnaire = parse_questionnaire(sample)

    twice = [plausible_answers(questionnaire, TOWN, seeded(7)) for _ in range(2)]

    assert twice[0] == twice[1]
    assert twice[0] != plausible_answers(questionnaire, TOWN, seeded(8))


def test_warnings_turn_up_sometimes() -> None:
    questionnaire = parse_questionnaire(SAMPLES[2])
    drawn = [plausible_answers(questionnaire, TOWN, seeded(seed)) for seed in range(60)]

    warned = sum(bool(evaluate(questionnaire, answers, TOWN).warnings) for answers in drawn)

    assert 0 < warned < 60


def test_a_village_counts_less_than_a_designated_city() -> None:
    questionnaire = parsed(number("n", required=True, max=100_000))

    def median(kind: str) -> int:
        body = Respondent(kind, "01", True, "hokkaido")
        drawn = [plausible_answers(questionnaire, body, seeded(seed))["n"] for seed in range(99)]
        return sorted(value for value in drawn if isinstance(value, int))[49]

    assert median("village") * 20 < median("designated_city")


@pytest.mark.parametrize("op", ["eq", "ne", "le", "lt", "ge", "gt"])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"q": "a"}, {"q": "b"}),
        ({"col_sum": ["t", "m"]}, {"q": "a"}),
        ({"q": "a"}, {"sum": [{"row_sum": ["t", "r1"]}, {"row_sum": ["t", "r2"]}]}),
        ({"mul": [{"q": "a"}, 2]}, {"q": "b"}),
        ({"q": "a"}, {"const": 40}),
        ({"const": 40}, {"q": "a"}),
        ({"sum": [{"q": "a"}, {"mul": [{"q": "b"}, -1]}]}, {"const": 5}),
        ({"q": "c"}, {"const": 3}),
        ({"sub": [{"q": "a"}, {"q": "b"}]}, {"const": 5}),
        ({"div": [{"q": "a"}, {"const": 4}]}, {"q": "b"}),
    ],
)
def test_any_single_rule_is_repaired(left: Any, op: str, right: Any) -> None:
    questionnaire = parsed(
        number("a", required=True),
        number("b", required=True),
        number("c", required=True, min=1, max=5, decimals=1),
        table("t", required=True),
        rules=(rule(left, op, right),),
    )

    drawn = [plausible_answers(questionnaire, TOWN, seeded(seed)) for seed in SEEDS]

    assert [evaluate(questionnaire, answers, TOWN).findings for answers in drawn] == [()] * 25


@pytest.mark.parametrize("op", ["le", "ge"])
@pytest.mark.parametrize(
    "side",
    [
        {"div": [{"q": "a"}, {"q": "b"}]},
        {"abs": {"sub": [{"q": "a"}, {"q": "b"}]}},
        {"round": [{"div": [{"q": "a"}, {"const": 3}]}, 1]},
    ],
)
def test_what_is_no_sum_is_repaired_by_trying(side: Any, op: str) -> None:
    rules = (rule(side, op, {"const": 7}),)
    questionnaire = parsed(
        number("a", required=True), number("b", min=1, required=True), rules=rules
    )

    drawn = [plausible_answers(questionnaire, TOWN, seeded(seed)) for seed in SEEDS]

    assert [evaluate(questionnaire, answers, TOWN).findings for answers in drawn] == [()] * 25


def test_rows_are_made_different() -> None:
    questionnaire = parsed(table("t", required=True), rules=(unique_rule(["t", ["m"]]),))

    drawn = [plausible_answers(questionnaire, TOWN, seeded(seed)) for seed in SEEDS]

    assert [evaluate(questionnaire, answers, TOWN).findings for answers in drawn] == [()] * 25


def test_choices_keep_to_their_numbers() -> None:
    questionnaire = parsed(multiple("m", required=True, min_select=2, max_select=2))

    drawn = [plausible_answers(questionnaire, TOWN, seeded(seed)) for seed in SEEDS]

    counts = {len(m) for answers in drawn if isinstance(m := answers["m"], list) and m != ["none"]}
    assert counts == {2}


def test_files_and_unknown_patterns_stay_blank() -> None:
    files = question("f", "file", accept=[".pdf"], max_files=1, max_mb=1, required=True)
    questionnaire = parsed(files, text("t", pattern="謎{3}", required=True))

    assert plausible_answers(questionnaire, TOWN, seeded(1)) == {}


def ready(questionnaire: Questionnaire) -> list[bool]:
    drawn = [plausible_answers(questionnaire, TOWN, seeded(seed)) for seed in SEEDS]
    return [evaluate(questionnaire, answers, TOWN).ready for answers in drawn]


@pytest.mark.parametrize("required", [True, False])
def test_every_type_gets_answers_that_could_be_submitted(required: bool) -> None:
    silent = ("calculated", "note", "image")
    asked = [q if q["type"] in silent else {**q, "required": required} for q in ALL_NEW]

    assert ready(parsed(number("n1", required=True), *asked)) == [True] * 25


@pytest.mark.parametrize("op", ["eq", "ne", "le", "lt", "ge", "gt"])
@pytest.mark.parametrize(
    "right",
    [
        {"q": "money"},
        {"mul": [{"q": "scale"}, 5]},
        {"mul": [{"count_rows": "more"}, 3]},
        {"sum": [{"q": "sum"}, {"const": -3}]},
    ],
)
def test_rules_over_a_growing_table_are_repaired_within_its_rows(op: str, right: Json) -> None:
    questionnaire = parsed(
        money("money", required=True, max=90),
        scale("scale", required=True),
        dynamic_table("more", required=True, max_rows=20),
        calculated("sum", {"mul": [{"q": "money"}, 0.5]}),
        rules=(rule({"col_sum": ["more", "n"]}, op, right),),
    )
    drawn = [plausible_answers(questionnaire, TOWN, seeded(seed)) for seed in SEEDS]

    assert [evaluate(questionnaire, answers, TOWN).findings for answers in drawn] == [()] * 25
    assert [key for answers in drawn for key in answers if key.startswith("more.4")] == []


def test_days_months_and_years_are_put_in_order() -> None:
    days = [question(id_, "date", required=True) for id_ in ("d1", "d2", "d3")]
    questionnaire = parsed(
        *days,
        month("m1", required=True),
        month("m2", required=True),
        year("y1", required=True),
        year("y2", required=True),
        rules=(
            rule({"days": [{"q": "d1"}, {"q": "d2"}]}, "ge", {"const": 30}, id="a"),
            rule({"days": [{"q": "d2"}, {"q": "d3"}]}, "ge", {"const": 30}, id="b"),
            rule({"months": [{"q": "m1"}, {"q": "m2"}]}, "gt", {"const": 0}, id="c"),
            rule({"q": "y2"}, "ge", {"q": "y1"}, id="d"),
        ),
    )

    assert ready(questionnaire) == [True] * 25
