from typing import Any

import pytest

from surveys.questionnaire import QuestionType
from surveys.questionnaire.describe import describe, describe_formula
from surveys.questionnaire.kinds import CalculatedAnswer
from tests.surveys.questionnaire.all_types import (
    calculated,
    dynamic_table,
    matrix,
    month,
    ranking,
    year,
)
from tests.surveys.questionnaire.building import number, parsed, question, text

BEFORE = (
    number("n"),
    ranking("rank"),
    year("year"),
    month("month"),
    matrix("matrix"),
    question("org", "organization"),
    dynamic_table("rows"),
)


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ({"q": "rank", "op": "first", "value": "a"}, "「設問rank」の1位が「人材」のとき"),
        ({"q": "rank", "op": "contains", "value": "b"}, "「設問rank」が「財源」を含むとき"),
        ({"q": "year", "op": "ge", "value": 2026}, "「設問year」が令和８年度以後のとき"),
        ({"q": "month", "op": "lt", "value": "2026-11"}, "「設問month」が令和８年11月より前のとき"),
        ({"q": "org", "op": "in", "value": ["131016"]}, "「設問org」が「131016」のとき"),
        (
            {"row": ["matrix", "r1"], "op": "in", "value": ["a", "c"]},
            "「設問matrix／窓口」が「人材」又は「周知」のとき",
        ),
    ],
)
def test_conditions_on_other_types_in_words(condition: Any, sentence: str) -> None:
    questionnaire = parsed(*BEFORE, text("last", visible_if=condition))
    found = questionnaire.question("last").visible_if
    assert found is not None

    assert describe(found, questionnaire) == sentence


def test_a_formula_over_rows_that_are_added_in_words() -> None:
    formula = {"div": [{"col_sum": ["rows", "n"]}, {"count_rows": "rows"}]}
    questionnaire = parsed(*BEFORE, calculated("each", formula))
    asked = questionnaire.question("each")
    assert asked.type is QuestionType.CALCULATED
    assert isinstance(asked.answer, CalculatedAnswer)

    assert describe_formula(asked.answer.formula, questionnaire) == (
        "「設問rows」の「件数」の合計÷「設問rows」の行数"
    )
