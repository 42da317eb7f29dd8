"""Questions that take nothing: calculated numbers, notes and images."""

from decimal import Decimal

import pytest

from surveys.questionnaire import FieldState, SectionState, evaluate, state_of
from tests.surveys.questionnaire.all_types import calculated, image, note
from tests.surveys.questionnaire.building import TOWN, Json, number, parsed, table, yesno

HALF = calculated("half", {"mul": [{"q": "n"}, 0.5]})


@pytest.mark.parametrize(
    ("answers", "result", "state"),
    [
        ({"n": 5}, Decimal("2.5"), FieldState.VALUE),
        ({"n": 4}, 2, FieldState.VALUE),
        ({"n": 0}, 0, FieldState.VALUE),
        ({}, None, FieldState.BLANK),
        ({"n": "多数"}, None, FieldState.BLANK),
        ({"n": 5, "half": 99}, Decimal("2.5"), FieldState.VALUE),
    ],
)
def test_a_number_is_calculated_whatever_is_stored(
    answers: Json, result: object, state: FieldState
) -> None:
    questionnaire = parsed(number("n"), HALF)

    evaluation = evaluate(questionnaire, answers, TOWN)

    assert evaluation.calculated == {"half": result}
    assert state_of(questionnaire.field("half"), answers, evaluation) is state


def test_it_is_rounded_half_up_to_its_places() -> None:
    questionnaire = parsed(
        number("n", decimals=3), calculated("c", {"mul": [{"q": "n"}, 0.5]}, decimals=1)
    )

    results = [evaluate(questionnaire, {"n": n}, TOWN).calculated["c"] for n in (0.1, 0.3, 0.29, 2)]

    assert results == [Decimal("0.1"), Decimal("0.2"), Decimal("0.1"), 1]


def test_more_digits_than_a_spreadsheet_keeps_stay_blank() -> None:
    questionnaire = parsed(
        number("n", max=None), calculated("c", {"product": [{"q": "n"}, {"q": "n"}]})
    )

    assert evaluate(questionnaire, {"n": 10**8}, TOWN).calculated == {"c": None}


def test_while_hidden_it_is_nothing() -> None:
    shown = {"q": "y", "op": "eq", "value": True}
    questionnaire = parsed(yesno("y"), number("n"), {**HALF, "visible_if": shown})

    assert evaluate(questionnaire, {"n": 4, "y": False}, TOWN).calculated == {}


def test_a_later_condition_reads_it_like_a_number() -> None:
    shown = {"q": "half", "op": "gt", "value": 2}
    questionnaire = parsed(number("n"), HALF, yesno("why", visible_if=shown))

    seen = ["why" in evaluate(questionnaire, {"n": n}, TOWN).visible_fields for n in (4, 5)]
    assert seen == [False, True]


def test_a_section_that_asks_nothing_is_done() -> None:
    evaluation = evaluate(parsed(note("a"), image("b")), {}, TOWN)

    assert evaluation.section_states == {"s1": SectionState.DONE}
    assert evaluation.visible_questions == {"a", "b"}
    assert evaluation.visible_fields == frozenset()


def test_a_calculated_number_alone_does_not_begin_a_section() -> None:
    questionnaire = parsed(table("t"), calculated("c", {"col_sum": ["t", "m"]}))

    states = [
        evaluate(questionnaire, answers, TOWN).section_states["s1"]
        for answers in ({"c": 5}, {"t.r1.m": 5})
    ]
    assert states == [SectionState.NOT_STARTED, SectionState.DONE]
