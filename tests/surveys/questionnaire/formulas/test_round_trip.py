from hypothesis import example, given
from hypothesis import strategies as st

from surveys.questionnaire.formulas import (
    FormulaError,
    read_condition,
    read_rule,
    read_rules,
    read_side,
    write_condition,
    write_rule,
    write_side,
)
from tests.surveys.questionnaire.building import SAMPLES, Json, unhurried
from tests.surveys.questionnaire.formulas.strategies import conditions, rules, sides

ANSWERED = {"q": "a", "op": "answered"}
PIECES = st.sampled_from(
    [*"()+-*<=>!,.'\"$ \n", "${", "}", "${a}", "${a.b.c}", "1", "0.5", "and", "or", "not(", "div"]
)


@unhurried
@given(conditions)
@example({"all": [ANSWERED, {"not": {"q": "a", "op": "contains", "value": "1"}}]})
@example({"all": [{"q": "a", "op": "not_contains", "value": "1"}]})
@example({"any": [{"q": "a", "op": "not_contains", "value": "1"}, ANSWERED]})
def test_a_condition_comes_back_from_its_text(condition: Json) -> None:
    assert read_condition(write_condition(condition)) == condition


@unhurried
@given(sides)
@example({"product": [{"q": "a"}, {"const": -2}]})
@example({"sum": [{"col_sum": ["t", "c"]}]})
@example({"sum": [{"sum": [{"q": "a"}, {"q": "b"}]}, {"sub": [{"q": "a"}, {"const": -1}]}]})
def test_a_side_comes_back_from_its_text(side: Json) -> None:
    assert read_side(write_side(side)) == side


@unhurried
@given(rules)
def test_a_rule_comes_back_from_its_text(rule: Json) -> None:
    assert read_rule(write_rule(rule)) == rule


def test_every_formula_of_the_samples_comes_back() -> None:
    questions = [q for sample in SAMPLES for s in sample["sections"] for q in s["questions"]]
    shown = [q["visible_if"] for q in questions if q.get("visible_if")]
    demands = [
        {key: rule[key] for key in ("left", "op", "right")}
        for sample in SAMPLES
        for rule in sample["rules"]
    ]

    assert [read_condition(write_condition(each)) for each in shown] == shown
    assert [read_rule(write_rule(each)) for each in demands] == demands


@unhurried
@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_is_a_formula_or_refused_at_a_place_inside_it(text: str) -> None:
    places = []
    for read in (read_condition, read_side, read_rule, read_rules):
        try:
            read(text)
        except FormulaError as refusal:
            places.append((refusal.position, refusal.message))

    assert [place for place, message in places if not (0 <= place <= len(text) and message)] == []
