from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire import evaluate, parse_questionnaire, visible_fields_of
from tests.surveys.questionnaire.all_types import calculated, dynamic_table
from tests.surveys.questionnaire.building import (
    KINDS,
    TOWN,
    Json,
    number,
    parsed,
    respondent,
    text,
    unhurried,
)
from tests.surveys.questionnaire.definitions import responses


@unhurried
@given(responses(), st.sampled_from(KINDS))
def test_the_same_fields_show_as_when_everything_is_evaluated(
    pair: tuple[Json, Json], kind: str
) -> None:
    document, answers = pair
    questionnaire = parse_questionnaire(document)

    visible = visible_fields_of(questionnaire, answers, respondent(kind))

    assert visible == evaluate(questionnaire, answers, respondent(kind)).visible_fields


def test_a_condition_on_a_calculated_number_looks_behind_it() -> None:
    questionnaire = parsed(
        number("a"),
        calculated("half", {"div": [{"q": "a"}, {"const": 2}]}),
        calculated("more", {"sum": [{"q": "half"}, {"const": 1}]}),
        text("t", visible_if={"q": "more", "op": "gt", "value": 3}),
    )

    shown = [visible_fields_of(questionnaire, {"a": a}, TOWN) for a in (4, 5)]

    assert shown == [{"a", "half", "more"}, {"a", "half", "more", "t"}]


def test_a_condition_may_hang_on_the_previous_round() -> None:
    rate = calculated("rate", {"change_rate": {"q": "a"}}, decimals=2)
    over = {"q": "rate", "op": "gt", "value": 0.3}
    questionnaire = parsed(number("a"), rate, text("why", visible_if=over))

    shown = [
        visible_fields_of(questionnaire, {"a": 14}, TOWN, previous=previous)
        for previous in (None, {"a": 12}, {"a": 10})
    ]

    assert shown == [{"a", "rate"}, {"a", "rate"}, {"a", "rate", "why"}]


def test_a_growing_table_shows_the_rows_that_there_are() -> None:
    questionnaire = parsed(dynamic_table("t", min_rows=0, columns=[number("n")], totals=None))

    shown = [visible_fields_of(questionnaire, answers, TOWN) for answers in ({}, {"t.2.n": 0})]

    assert shown == [set(), {"t.1.n", "t.2.n"}]
