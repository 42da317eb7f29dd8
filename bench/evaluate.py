"""Evaluating one response: everything that follows from 300 answered questions."""

from random import Random

from bench.measurement import Measurement, within
from bench.rounds import seconds
from surveys.questionnaire import Questionnaire, Respondent, evaluate, parse_questionnaire, to_json
from surveys.questionnaire.guesses import draw_value
from surveys.questionnaire.plausible import plausible_answers
from tests.factories.stress import stress_questionnaire

_ALLOWED = 3.0
_TIMES = 50
_ROUNDS = 7
_CITY = Respondent("city", "13", False, "kantoshinetsu")


def run() -> list[Measurement]:
    """CPU milliseconds of this process for one evaluation."""
    questionnaire = parse_questionnaire(stress_questionnaire())
    answers = _all_answered(questionnaire)
    last_year = dict(answers)

    def evaluations() -> None:
        for _ in range(_TIMES):
            evaluate(questionnaire, answers, _CITY, previous=last_year)

    best = min(seconds(evaluations) for _ in range(_ROUNDS)) / _TIMES * 1000
    questions = f"{len(questionnaire.questions)} questions, {len(answers)} values"
    return [within("evaluate", questions, best, "CPU ms", allowed=_ALLOWED, limit="promised")]


def _all_answered(questionnaire: Questionnaire) -> dict[str, object]:
    """Stored values of all fields; where rules leave a choice, plausible ones."""
    dice = Random(5)  # noqa: S311 - the same answers in every run
    drawn = {field.key: draw_value(field, 0.01, dice) for field in questionnaire.fields}
    drawn |= plausible_answers(questionnaire, _CITY, dice)
    files = {f.key: ["0"] for f in questionnaire.fields if f.kind == "files"}
    stored = {key: to_json(value) for key, value in drawn.items() if value is not None}
    return {**stored, **files}
