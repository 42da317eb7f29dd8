"""One questionnaire with many kinds of cells, and its empty workbook."""

import pytest

from surveys.questionnaire import Questionnaire, parse_questionnaire
from tests.surveys.answerbook.books import (
    written,
)
from tests.surveys.questionnaire.all_types import month, percent, typed_table, year
from tests.surveys.questionnaire.building import (
    document,
    multiple,
    number,
    question,
    single,
    text,
    yesno,
)

QUESTIONS = [
    number("n"),
    yesno("y"),
    text("t"),
    single("s"),
    multiple("m"),
    question("d", "date", min="2020-04-01"),
    month("mo"),
    year("ye"),
    percent("p"),
    typed_table("ta"),
]


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return parse_questionnaire(document(*QUESTIONS))


@pytest.fixture(scope="module")
def empty(questionnaire: Questionnaire) -> bytes:
    return written(questionnaire)
