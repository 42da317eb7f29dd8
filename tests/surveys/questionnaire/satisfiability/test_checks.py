from typing import Any

import pytest

from surveys.questionnaire.satisfiability.checks import (
    DIVIDES_BY_ZERO,
    NEVER_APPLIES,
    NEVER_BROKEN,
    NEVER_KEPT,
    NEVER_SHOWN,
    NEVER_TOGETHER,
)
from tests.surveys.questionnaire.all_types import (
    calculated,
    dynamic_table,
    matrix,
    month,
    percent,
    ranking,
    scale,
    year,
)
from tests.surveys.questionnaire.building import (
    Json,
    document,
    multiple,
    number,
    parsed,
    problems,
    question,
    rule,
    single,
    table,
    text,
    yesno,
)

YES = {"q": "y", "op": "eq", "value": True}
NOTHING = {"sub": [{"q": "m"}, {"q": "m"}]}
BEFORE = (
    number("n"),
    number("m", min=5, decimals=1),
    yesno("y"),
    single("s"),
    multiple("c", max_select=2),
    question("d", "date", min="2026-04-01", max="2026-04-30"),
    year("year"),
    month("month"),
    ranking("rank"),
    scale("scale"),
    percent("share"),
    number("free", min=None, max=None),
    matrix("matrix"),
    table("t"),
    dynamic_table("rows"),
    question("org", "organization"),
    text("only", visible_if=YES),
    calculated("half", {"div": [{"q": "n"}, {"const": 2}]}),
)


def q(name: str, op: str, value: Any = None) -> Json:
    return {"q": name, "op": op} if op == "answered" else {"q": name, "op": op, "value": value}


IMPOSSIBLE: list[Any] = [
    q("n", "gt", 1000),
    q("n", "lt", 0),
    q("n", "eq", 0.5),
    q("m", "lt", 5),
    q("d", "gt", "2026-04-30"),
    q("year", "eq", 1999),
    q("month", "lt", "2020-04"),
    q("scale", "ge", 6),
    q("share", "gt", 100),
    q("half", "gt", 501),
    {"cell": ["t", "r1", "m"], "op": "gt", "value": 100},
    {"all": [q("n", "ge", 3), q("n", "lt", 3)]},
    {"all": [q("n", "gt", 1), q("n", "lt", 3), q("n", "ne", 2)]},
    {"all": [q("s", "eq", "1"), q("s", "in", ["2", "other"])]},
    {"all": [q("s", "ne", "1"), q("s", "ne", "2"), q("s", "ne", "other")]},
    {"all": [YES, q("y", "ne", True)]},
    {"all": [q("c", "contains", "1"), q("c", "not_contains", "1")]},
    {"all": [q("c", "contains", "none"), q("c", "contains", "1")]},
    {"all": [q("c", "contains", value) for value in "123"]},
    {"all": [q("c", "not_contains", value) for value in ("1", "2", "3", "none")]},
    {"all": [q("rank", "first", "a"), q("rank", "first", "b")]},
    {"all": [q("rank", "first", "a"), q("rank", "contains", "b"), q("rank", "contains", "c")]},
    {"all": [q("org", "eq", "011002"), q("org", "eq", "131016")]},
    {"all": [q("n", "answered"), {"not": q("n", "answered")}]},
    {"all": [q("n", "eq", 1), {"not": q("n", "ge", 1)}]},
    {"all": [q("only", "answered"), {"not": YES}]},
    {"not": {"any": [YES, {"not": YES}]}},
    {"all": [{"any": [q("n", "eq", 1), q("n", "eq", 2)]}, q("n", "gt", 2)]},
    {
        "all": [
            {"attr": "kind", "op": "in", "value": ["town", "village"]},
            {"attr": "kind", "op": "eq", "value": "city"},
        ]
    },
    {"not": {"attr": "has_health_center", "op": "in", "value": [True, False]}},
    {
        "all": [
            {"cell": ["t", "r1", "m"], "op": "eq", "value": 1},
            {"not": {"q": "t", "op": "answered"}},
        ]
    },
]


@pytest.mark.parametrize("condition", IMPOSSIBLE)
def test_a_condition_that_never_holds_is_refused(condition: Json) -> None:
    definition = document(*BEFORE, text("own", required=True, visible_if=condition))

    assert problems(definition) == [f"own: {NEVER_SHOWN}"]


@pytest.mark.parametrize(
    "condition",
    [
        q("n", "ge", 1000),
        q("m", "eq", 5.5),
        q("free", "gt", 10**14),
        q("half", "eq", 0.5),
        {"all": [q("n", "gt", 1), q("n", "lt", 4), q("n", "ne", 2)]},
        {"all": [q("s", "ne", "1"), q("s", "ne", "2")]},
        {"all": [q("c", "contains", "1"), q("c", "contains", "2")]},
        {"all": [q("c", "contains", "none"), q("c", "not_contains", "1")]},
        {"all": [q("rank", "first", "a"), q("rank", "contains", "b")]},
        {"all": [q("org", "ne", "011002"), q("org", "ne", "131016")]},
        {"all": [{"not": q("n", "ge", 1)}, {"not": q("n", "lt", 1)}]},
        {"all": [{"not": q("n", "answered")}, {"not": YES}]},
        {"all": [q("only", "answered"), YES]},
        {"any": [q("n", "gt", 1000), YES]},
        {"cell": ["rows", "4", "n"], "op": "eq", "value": 99},
        {"row": ["matrix", "r1"], "op": "eq", "value": "a"},
    ],
)
def test_a_condition_that_may_hold_passes(condition: Json) -> None:
    assert parsed(*BEFORE, text("own", visible_if=condition)).question("own").visible_if


def test_a_hidden_section_is_one_problem() -> None:
    definition = document(*BEFORE)
    hidden = {"id": "s2", "title": "第2節", "visible_if": q("n", "lt", 0)}
    definition["sections"].append({**hidden, "questions": [text("a", visible_if=YES)]})

    assert problems(definition) == [f"s2: {NEVER_SHOWN}"]


def test_a_question_contradicts_its_section() -> None:
    definition = document(*BEFORE)
    section = {"id": "s2", "title": "第2節", "visible_if": YES}
    definition["sections"].append({**section, "questions": [text("a", visible_if={"not": YES})]})

    assert problems(definition) == [f"a: {NEVER_SHOWN}"]


def test_too_much_to_look_through_passes() -> None:
    numbers = [number(f"n{place}") for place in range(40)]
    either = [{"any": [q(f"n{i}", "eq", 1), q(f"n{i}", "eq", 2)]} for i in range(40)]
    first, second = ({"any": [q("n", "eq", i), q("n", "eq", i + 1)]} for i in (1, 3))
    hidden = {"all": [*either[:20], first, second, *either[20:]]}

    definition = parsed(*BEFORE, *numbers, text("own", visible_if=hidden))

    assert definition.question("own").visible_if is not None


@pytest.mark.parametrize(
    ("left", "op", "right", "reason"),
    [
        ({"q": "n"}, "ge", {"const": 0}, NEVER_BROKEN),
        ({"q": "n"}, "le", {"const": 1000}, NEVER_BROKEN),
        ({"q": "n"}, "lt", {"const": 1001}, NEVER_BROKEN),
        ({"q": "n"}, "ne", {"const": -1}, NEVER_BROKEN),
        ({"q": "n"}, "gt", {"const": 1000}, NEVER_KEPT),
        ({"q": "n"}, "eq", {"const": 1001}, NEVER_KEPT),
        ({"q": "m"}, "lt", {"const": 5}, NEVER_KEPT),
        ({"q": "n"}, "eq", {"q": "n"}, NEVER_BROKEN),
        ({"q": "n"}, "gt", {"sum": [{"q": "n"}, {"const": 1}]}, NEVER_KEPT),
        ({"sum": [{"q": "n"}, {"q": "m"}]}, "ge", {"q": "n"}, NEVER_BROKEN),
        ({"cell": ["t", "r1", "m"]}, "le", {"row_sum": ["t", "r1"]}, NEVER_BROKEN),
        ({"col_sum": ["t", "m"]}, "gt", {"const": 200}, NEVER_KEPT),
        ({"count_rows": "rows"}, "le", {"const": 4}, NEVER_BROKEN),
        ({"product": [{"q": "n"}, {"q": "m"}]}, "lt", {"const": 0}, NEVER_KEPT),
        ({"div": [{"q": "n"}, {"q": "m"}]}, "le", {"const": 200}, NEVER_BROKEN),
        ({"abs": {"sub": [{"q": "n"}, {"q": "m"}]}}, "ge", {"const": 0}, NEVER_BROKEN),
        ({"round": [{"q": "m"}, 0]}, "lt", {"const": 4}, NEVER_KEPT),
        ({"change_rate": {"q": "n"}}, "lt", {"const": 0}, NEVER_KEPT),
        ({"days": [{"q": "d"}, {"date": "2026-05-01"}]}, "gt", {"const": 0}, NEVER_BROKEN),
        ({"months": [{"month": "2020-04"}, {"q": "month"}]}, "lt", {"const": 0}, NEVER_KEPT),
        ({"div": [{"q": "n"}, NOTHING]}, "ge", {"q": "m"}, DIVIDES_BY_ZERO),
    ],
)
def test_a_rule_that_decides_nothing_is_refused(
    left: Json, op: str, right: Json, reason: str
) -> None:
    definition = document(*BEFORE, rules=(rule(left, op, right),))

    assert problems(definition) == [f"rule-1: {reason}"]


@pytest.mark.parametrize(
    ("left", "op", "right"),
    [
        ({"q": "n"}, "ge", {"const": 1}),
        ({"q": "n"}, "le", {"q": "m"}),
        ({"q": "n"}, "ge", {"prev": {"q": "n"}}),
        ({"q": "free"}, "ge", {"const": -(10**14)}),
        ({"div": [{"q": "m"}, {"q": "n"}]}, "le", {"const": 5}),
        ({"div": [{"q": "n"}, {"sub": [{"q": "m"}, {"q": "n"}]}]}, "le", {"const": 5}),
        ({"q": "half"}, "ge", {"const": 500}),
        ({"change_rate": {"q": "n"}}, "le", {"const": 0.3}),
    ],
)
def test_a_rule_that_decides_something_passes(left: Json, op: str, right: Json) -> None:
    assert len(parsed(*BEFORE, rules=(rule(left, op, right),)).rules) == 1


def test_a_rule_that_is_never_applied_is_refused() -> None:
    never = rule({"q": "n"}, "le", {"q": "m"}, when=q("n", "lt", 0))

    assert problems(document(*BEFORE, rules=(never,))) == [f"rule-1: {NEVER_APPLIES}"]


def test_a_rule_over_questions_of_which_one_hides_the_other_is_refused() -> None:
    either = (number("a", visible_if=YES), number("b", visible_if={"not": YES}))
    definition = document(*BEFORE, *either, rules=(rule({"q": "a"}, "le", {"q": "b"}),))

    assert problems(definition) == [f"rule-1: {NEVER_TOGETHER}"]


def test_a_formula_that_divides_by_nothing_is_refused() -> None:
    formula = {"div": [{"q": "n"}, {"mul": [{"q": "n"}, 0]}]}

    assert problems(document(*BEFORE, calculated("bad", formula))) == [f"bad: {DIVIDES_BY_ZERO}"]
