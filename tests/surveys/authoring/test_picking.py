from typing import Any

import pytest
from hypothesis import given

from surveys.authoring import all_questions
from surveys.authoring.picking import Group, PickRefused, Row, condition_of, picked, subjects
from tests.surveys.questionnaire.building import SAMPLES, Json, number, single, unhurried, yesno
from tests.surveys.questionnaire.definitions import documents

YES = {"q": "q1", "op": "eq", "value": True}
MANY = {"q": "q2", "op": "ge", "value": 1.5}
KIND = {"attr": "kind", "op": "in", "value": ["city", "town"]}
ASKED = subjects([yesno("q1"), number("q2"), single("q3")])


def conditions_in(document: Json) -> list[Json]:
    parts = [*document["sections"], *all_questions(document)]
    return [part["visible_if"] for part in parts if "visible_if" in part]


def again(condition: Json, questions: list[Json]) -> Json | None:
    shown = picked(condition)
    assert shown is not None
    return condition_of(*shown, subjects(questions))


@pytest.mark.parametrize(
    "condition",
    [
        YES,
        KIND,
        {"all": [YES, MANY]},
        {"any": [YES, {"q": "q3", "op": "answered"}]},
        {"any": [{"all": [YES, KIND]}, {"all": [MANY, KIND]}]},
        {"all": [YES, {"any": [MANY, KIND]}]},
    ],
)
def test_what_rows_can_show_comes_back_unchanged(condition: Json) -> None:
    assert again(condition, [yesno("q1"), number("q2"), single("q3")]) == condition


@pytest.mark.parametrize(
    "condition",
    [{"not": YES}, {"all": [YES, {"any": [MANY, {"all": [YES, KIND]}]}]}, {"any": [{"not": YES}]}],
)
def test_what_rows_can_not_show_is_left_to_the_formula(condition: Json) -> None:
    assert picked(condition) is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_every_condition_of_the_samples_can_be_picked(sample: dict[str, Any]) -> None:
    questions = list(all_questions(sample))

    found = conditions_in(sample)

    assert [again(condition, questions) for condition in found] == found


def flat(condition: Json) -> Json:
    """Without brackets around a single part."""
    for name in ("all", "any"):
        if name in condition:
            parts = [flat(part) for part in condition[name]]
            return parts[0] if len(parts) == 1 else {name: parts}
    return condition


def test_an_organization_is_picked_by_its_code() -> None:
    asked = {"id": "q1", "type": "organization", "label": "合併の相手", "required": False}
    sapporo = {"q": "q1", "op": "eq", "value": "011002"}

    assert again(sapporo, [asked]) == sapporo
    with pytest.raises(PickRefused, match="検査数字"):
        again(sapporo | {"value": "011003"}, [asked])


@unhurried
@given(documents())
def test_whatever_rows_show_means_the_same(document: Json) -> None:
    questions = list(all_questions(document))

    for condition in conditions_in(document):
        shown = picked(condition)
        if shown is not None:
            made = condition_of(*shown, subjects(questions))
            assert made is not None
            assert flat(made) == flat(condition)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (Row("q q9", "eq", ("true",)), "選び直してください"),
        (Row("q q1", "ge", ("true",)), "に合う比べ方を選んでください"),
        (Row("q q2", "ge", ("",)), "と比べる値を入力してください"),
        (Row("q q2", "ge", ("多い",)), "数字で入力してください"),
        (Row("q q3", "eq", ("99",)), "一覧から選び直してください"),
    ],
)
def test_a_row_that_says_nothing_is_told(row: Row, reason: str) -> None:
    with pytest.raises(PickRefused, match=reason):
        condition_of("all", [Group("all", (row,))], ASKED)


def test_blank_rows_say_nothing() -> None:
    assert condition_of("all", [Group("all", (Row(), Row()))], ASKED) is None
