from typing import Any

import pytest

from surveys.questionnaire import Questionnaire, evaluate
from tests.surveys.questionnaire.building import (
    TOWN,
    Json,
    number,
    parsed,
    question,
    rule,
    table,
    unique_rule,
    yesno,
)

QUESTIONS = (
    number("a", decimals=2, min=-1000),
    number("b"),
    table("t"),
    question("from", "date"),
    question("to", "date"),
)
TERM = {"days": [{"q": "from"}, {"q": "to"}]}
UNDER_A_THIRD = {"change_rate": {"q": "b"}}


def broken(questionnaire: Questionnaire, answers: Json, previous: Json | None = None) -> list[str]:
    findings = evaluate(questionnaire, answers, TOWN, previous=previous).findings
    return [finding.rule_id for finding in findings if finding.rule_id]


@pytest.mark.parametrize(
    ("side", "amount"),
    [
        ({"sub": [{"q": "a"}, {"q": "b"}]}, -4.5),
        ({"product": [{"q": "a"}, {"q": "b"}]}, 2.5),
        ({"div": [{"q": "b"}, {"q": "a"}]}, 10),
        ({"abs": {"sub": [{"q": "a"}, {"q": "b"}]}}, 4.5),
        ({"round": [{"div": [{"const": 2}, {"const": 3}]}, 2]}, 0.67),
        ({"round": [{"q": "a"}, 0]}, 1),
        ({"round": [{"mul": [{"q": "a"}, -1]}, 0]}, -1),
        (TERM, 365),
        ({"days": [{"q": "to"}, {"date": "2027-03-31"}]}, -1),
        ({"col_sum": ["t", "m"]}, 7),
        ({"prev": {"q": "b"}}, 4),
        ({"prev": {"col_sum": ["t", "m"]}}, 3),
        ({"prev": TERM}, 30),
        ({"change_rate": {"q": "b"}}, 0.25),
    ],
)
def test_what_a_side_amounts_to(side: Any, amount: float) -> None:
    both = (
        rule({"sum": [side, {"q": "b"}]}, "ne", {"sum": [{"const": amount}, {"q": "b"}]}),
        rule({"sum": [side, {"q": "b"}]}, "eq", {"sum": [{"const": amount}, {"q": "b"}]}, id="eq"),
    )
    answers = {"a": 0.5, "b": 5, "t.r1.m": 7, "from": "2026-04-01", "to": "2027-04-01"}
    previous = {"b": 4, "t.r2.m": 3, "from": "2025-04-01", "to": "2025-05-01"}

    assert broken(parsed(*QUESTIONS, rules=both), answers, previous) == ["rule-1"]


@pytest.mark.parametrize(
    ("side", "answers", "previous"),
    [
        ({"div": [{"q": "b"}, {"q": "a"}]}, {"a": 0, "b": 1}, None),
        ({"sub": [{"q": "b"}, {"q": "a"}]}, {"b": 1}, None),
        (TERM, {"b": 1, "from": "2026-04-01"}, None),
        (TERM, {"b": 1, "from": "2026-04-01", "to": "いつか"}, None),
        ({"prev": {"q": "b"}}, {"b": 1}, None),
        ({"prev": {"q": "b"}}, {"b": 1}, {"b": None}),
        ({"prev": {"q": "b"}}, {"b": 1}, {"b": {"none": True}}),
        ({"prev": {"q": "b"}}, {"b": 1}, {"b": "約10"}),
        ({"prev": {"q": "b"}}, {"b": 1}, {"b": True}),
        ({"prev": {"row_sum": ["t", "r1"]}}, {"b": 1}, {"t.r1.m": "約10"}),
        (UNDER_A_THIRD, {"b": 1}, {"b": 0}),
        (UNDER_A_THIRD, {}, {"b": 1}),
    ],
)
def test_what_can_not_be_worked_out_is_not_judged(
    side: Any, answers: Json, previous: Json | None
) -> None:
    impossible = (
        rule({"sum": [side, {"mul": [{"q": "b"}, 0]}]}, "lt", {"const": 0.123}),
        rule({"sum": [side, {"mul": [{"q": "b"}, 0]}]}, "gt", {"const": 0.123}, id="greater"),
    )

    assert broken(parsed(*QUESTIONS, rules=impossible), answers, previous) == []


def test_a_change_since_the_previous_round_asks_for_a_reason() -> None:
    at_most = rule(UNDER_A_THIRD, "le", {"const": 0.3}, level="warning")
    questionnaire = parsed(*QUESTIONS, rules=(at_most,))

    found = [broken(questionnaire, {"b": b}, {"b": 10}) for b in (6, 7, 13, 14)]

    assert found == [["rule-1"], [], [], ["rule-1"]]


def test_last_rounds_number_need_not_keep_to_this_rounds_limits() -> None:
    not_less = rule({"q": "b"}, "ge", {"prev": {"q": "b"}})

    assert broken(parsed(number("b", max=5), rules=(not_less,)), {"b": 5}, {"b": 6}) == ["rule-1"]


def test_rows_must_differ() -> None:
    questionnaire = parsed(table("t"), rules=(unique_rule(["t", ["m", "f"]]),))
    same, other, blank = [
        evaluate(questionnaire, answers, TOWN).findings
        for answers in (
            {"t.r1.m": 1, "t.r2.m": 1},
            {"t.r1.m": 1, "t.r1.f": 2, "t.r2.m": 2, "t.r2.f": 1},
            {},
        )
    ]

    assert [(f.rule_id, f.field_keys) for f in same] == [
        ("rule-1", ("t.r1.m", "t.r1.f", "t.r2.m", "t.r2.f"))
    ]
    assert (other, blank) == ((), ())


def test_rows_that_must_differ_wait_for_their_condition() -> None:
    when = {"q": "y", "op": "eq", "value": True}
    questionnaire = parsed(table("t"), yesno("y"), rules=(unique_rule(["t", ["m"]], when=when),))

    found = [broken(questionnaire, {"t.r1.m": 1, "t.r2.m": 1, "y": y}) for y in (False, True)]

    assert found == [[], ["rule-1"]]


def test_a_disabled_cell_is_not_alike() -> None:
    questionnaire = parsed(
        table("t", disabled_cells=[["r2", "m"]]), rules=(unique_rule(["t", ["m"]]),)
    )

    assert broken(questionnaire, {"t.r1.m": 1, "t.r2.m": 1}) == []
