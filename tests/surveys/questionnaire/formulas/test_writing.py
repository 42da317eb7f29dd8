from typing import Any

import pytest

from surveys.questionnaire.formulas import (
    FormulaError,
    write_condition,
    write_rule,
    write_side,
)

ANSWERED = {"q": "a", "op": "answered"}
A, B = {"q": "a"}, {"q": "b"}


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        ({"q": "a", "op": "in", "value": ["1", "2"]}, "selected('1 2', ${a})"),
        ({"q": "a", "op": "eq", "value": False}, "${a} = false()"),
        ({"q": "a", "op": "lt", "value": 1e-7}, "${a} < 0.0000001"),
        ({"q": "a", "op": "ge", "value": "2026-04-01"}, "${a} >= date('2026-04-01')"),
        (
            {"q": "a", "op": "not_contains", "value": "1"},
            "count-selected(${a}) > 0 and not(selected(${a}, '1'))",
        ),
        (
            {"any": [{"all": [ANSWERED, ANSWERED]}, {"not": {**B, "op": "answered"}}]},
            "(${a} != '' and ${a} != '') or not(${b} != '')",
        ),
    ],
)
def test_a_condition_is_written_in_the_words_of_xlsform(condition: Any, text: str) -> None:
    assert write_condition(condition) == text


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            {"left": {"col_sum": ["t", "c"]}, "op": "le", "right": {"mul": [A, 2]}},
            "sum(${t.c}) <= ${a} * 2",
        ),
        (
            {"left": {"div": [{"sum": [A, B]}, {"sub": [A, B]}]}, "op": "ne", "right": A},
            "(${a} + ${b}) div (${a} - ${b}) != ${a}",
        ),
        ({"unique": ["t", ["a", "b"]]}, "unique(${t.a}, ${t.b})"),
    ],
)
def test_a_rule_is_written(rule: Any, text: str) -> None:
    assert write_rule(rule) == text


def nested(form: str, inner: Any) -> Any:
    for _ in range(200_000):
        inner = {form: inner}
    return inner


@pytest.mark.parametrize(
    "condition",
    [{}, {"q": "a"}, {"q": "a b", "op": "answered"}, {"q": "a", "op": "eq", "value": "it's"}, 5],
)
def test_what_is_no_condition_can_not_be_written(condition: Any) -> None:
    with pytest.raises(FormulaError):
        write_condition(condition)


@pytest.mark.parametrize(
    "side", [{}, {"pow": [A, B]}, {"const": True}, {"sum": []}, {"q": "a", "x": 1}, []]
)
def test_what_is_no_side_can_not_be_written(side: Any) -> None:
    with pytest.raises(FormulaError):
        write_side(side)


@pytest.mark.parametrize("rule", [{"left": A}, {"unique": ["t"]}, []])
def test_what_is_no_rule_can_not_be_written(rule: Any) -> None:
    with pytest.raises(FormulaError):
        write_rule(rule)


def test_a_bottomless_document_is_refused() -> None:
    with pytest.raises(FormulaError):
        write_condition(nested("not", ANSWERED))
    with pytest.raises(FormulaError):
        write_side(nested("abs", A))
