"""Must show 1 of issue 5: what is filled in offline comes back equal."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.questionnaire import evaluate, parse_questionnaire
from tests.surveys.answerbook.books import by_hand, filled, read, values, written
from tests.surveys.answerbook.filling import EVERY_TYPE, plausible, typed
from tests.surveys.questionnaire.building import (
    SAMPLES,
    TOWN,
    unhurried,
)

few = settings(unhurried, max_examples=15)  # each writes and reads a workbook


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_a_sample_filled_in_by_hand_comes_back_equal(sample: dict[str, Any]) -> None:
    questionnaire = parse_questionnaire(sample)
    answers = plausible(questionnaire, 5)

    reading = read(questionnaire, filled(written(questionnaire), typed(questionnaire, answers)))

    assert (values(reading), reading.complaints) == (answers, ())


@few
@given(st.integers(0, 10**6))
def test_every_type_filled_in_by_hand_comes_back_equal(seed: int) -> None:
    questionnaire = parse_questionnaire(EVERY_TYPE)
    answers = plausible(questionnaire, seed)

    reading = read(questionnaire, filled(written(questionnaire), typed(questionnaire, answers)))

    assert (values(reading), reading.complaints) == (answers, ())


@few
@given(st.integers(0, 10**6))
def test_an_unchanged_workbook_says_nothing(seed: int) -> None:
    questionnaire = parse_questionnaire(EVERY_TYPE)
    answers = {key: (value, 2) for key, value in plausible(questionnaire, seed).items()}

    reading = read(questionnaire, written(questionnaire, answers))

    assert (reading.entries, reading.complaints) == ((), ())


def test_none_applicable_comes_back_from_every_kind_of_cell() -> None:
    questionnaire = parse_questionnaire(EVERY_TYPE)
    none: dict[str, object] = {key: {"none": True} for key in ("n1", "y1", "s1", "m1", "d1")}

    reading = read(questionnaire, filled(written(questionnaire), typed(questionnaire, none)))

    assert values(reading) == none


def test_what_is_emptied_comes_back_as_blank() -> None:
    questionnaire = parse_questionnaire(EVERY_TYPE)
    answers = {key: (value, 3) for key, value in plausible(questionnaire, 8).items()}
    everything = {
        slot: None
        for key, (value, _) in answers.items()
        for slot in by_hand(questionnaire.field(key), value)
    }

    reading = read(questionnaire, filled(written(questionnaire, answers), everything))

    assert values(reading) == dict.fromkeys(answers)
    assert {entry.seen for entry in reading.entries} == {3}
    assert evaluate(questionnaire, values(reading), TOWN) == evaluate(questionnaire, {}, TOWN)
