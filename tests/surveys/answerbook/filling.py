"""Valid answers to questionnaires, and the cells into which a person would type them."""

from collections.abc import Mapping
from typing import Any

from surveys.questionnaire import Questionnaire, to_json
from surveys.questionnaire.plausible import plausible_answers
from tests.surveys.answerbook.books import by_hand
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import (
    TOWN,
    document,
    multiple,
    number,
    question,
    seeded,
    single,
    text,
    yesno,
)

EVERY_TYPE = document(
    number("n1", allow_none=True, decimals=2),
    yesno("y1", allow_none=True),
    single("s1", allow_none=True),
    multiple("m1", allow_none=True),
    text("t1"),
    question("l1", "longtext", max_length=200),
    question("d1", "date", allow_none=True),
    *ALL_NEW,
)


def plausible(questionnaire: Questionnaire, seed: int) -> dict[str, object]:
    """Valid answers, without what nobody types."""
    drawn = plausible_answers(questionnaire, TOWN, seeded(seed))
    return {
        key: to_json(value)
        for key, value in drawn.items()
        if not questionnaire.field(key).is_calculated
    }


def typed(questionnaire: Questionnaire, answers: Mapping[str, object]) -> dict[Any, object]:
    return {
        slot: content
        for key, value in answers.items()
        for slot, content in by_hand(questionnaire.field(key), value).items()
    }
