from typing import Any

import pytest

from surveys.authoring import all_questions
from surveys.authoring.picking import PickRefused
from surveys.authoring.sides import Side, amounts, picked_side, side_of
from tests.surveys.questionnaire.building import SAMPLES, Json, number, table, text

AMONG = amounts([number("a"), number("b"), table("t"), text("x")])
A, B = {"q": "a"}, {"q": "b"}


def test_numbers_sums_and_cells_may_be_picked() -> None:
    assert [token for token, _ in AMONG] == [
        "q a",
        "q b",
        "col t m",
        "col t f",
        "row t r1",
        "cell t r1 m",
        "cell t r1 f",
        "row t r2",
        "cell t r2 m",
        "cell t r2 f",
    ]


@pytest.mark.parametrize(
    "side",
    [
        A,
        {"const": 3},
        {"cell": ["t", "r1", "m"]},
        {"sum": [A, B, {"row_sum": ["t", "r1"]}]},
        {"sub": [A, B]},
        {"div": [A, B]},
        {"mul": [{"div": [A, B]}, 100]},
        {"mul": [A, 0.5]},
        {"prev": {"col_sum": ["t", "m"]}},
    ],
)
def test_what_can_be_picked_comes_back_unchanged(side: Json) -> None:
    shown = picked_side(side)

    assert shown is not None
    assert side_of(shown, AMONG) == side


@pytest.mark.parametrize("side", [{"round": [A, 1]}, {"sum": [{"sub": [A, B]}]}, {"abs": A}])
def test_the_rest_is_left_to_the_formula(side: Json) -> None:
    assert picked_side(side) is None


@pytest.mark.parametrize(
    ("side", "reason"),
    [
        (Side("amount", ("q z",)), "選び直してください"),
        (Side("sub", ("q a",)), "2つ選んでください"),
        (Side("number"), "数を入力してください"),
        (Side(), "1つ選んでください"),
    ],
)
def test_what_is_missing_is_told(side: Side, reason: str) -> None:
    with pytest.raises(PickRefused, match=reason):
        side_of(side, AMONG)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_the_rules_of_the_samples_can_be_picked(sample: dict[str, Any]) -> None:
    among = amounts(list(all_questions(sample)))
    sides = [rule[side] for rule in sample["rules"] for side in ("left", "right")]
    shown = [picked_side(side) for side in sides]

    assert [side_of(each, among) for each in shown if each] == sides
