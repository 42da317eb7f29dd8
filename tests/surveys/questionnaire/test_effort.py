from typing import Any

import pytest

from surveys.questionnaire import parse_questionnaire
from surveys.questionnaire.effort import minutes_of, seconds_of
from surveys.questionnaire.flow import Reach

QUESTIONS: list[tuple[dict[str, Any], float]] = [
    ({"type": "yesno"}, 15),
    ({"type": "number", "min": None, "max": None, "decimals": 0, "unit": "人"}, 60),
    ({"type": "text", "max_length": 20}, 40),
    ({"type": "longtext", "max_length": 800}, 180),
    ({"type": "file", "accept": [".pdf"], "max_files": 1, "max_mb": 1}, 240),
    (
        {
            "type": "table",
            "rows": [{"id": "r1", "label": "新"}, {"id": "r2", "label": "旧"}],
            "columns": [{"id": "c", "label": "件", "min": None, "max": None, "decimals": 0}],
            "totals": {"row": False, "column": False},
        },
        50,
    ),
]


def asking(question: dict[str, Any]) -> dict[str, Any]:
    whole = {"id": "q", "label": "十文字の設問ですよね", "required": True} | question
    return {"sections": [{"id": "s", "title": "節", "questions": [whole]}]}


@pytest.mark.parametrize(("question", "writing"), QUESTIONS)
def test_a_question_takes_its_reading_and_its_writing(
    question: dict[str, Any], writing: float
) -> None:
    questionnaire = parse_questionnaire(asking(question))

    seconds = seconds_of(questionnaire.question("q"), questionnaire.fields_of("q"))

    assert seconds == pytest.approx(1 + writing)


@pytest.mark.parametrize(
    ("reach", "minutes"), [(Reach.ALWAYS, 16 / 60), (Reach.DEPENDS, 8 / 60), (Reach.NEVER, 0)]
)
def test_a_question_that_depends_counts_half(reach: Reach, minutes: float) -> None:
    questionnaire = parse_questionnaire(asking({"type": "yesno"}))

    assert minutes_of(questionnaire, {"q": reach}) == pytest.approx(minutes)
