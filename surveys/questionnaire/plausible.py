"""Plausible answers, for demonstrations and for the preview of a questionnaire."""

from random import Random
from typing import Final

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.differing import make_different
from surveys.questionnaire.document import Questionnaire
from surveys.questionnaire.drawing import draw_answers
from surveys.questionnaire.reading import Reading, walk
from surveys.questionnaire.repairing import Ledger, repair
from surveys.questionnaire.rules import ComparisonRule, RuleLevel
from surveys.questionnaire.values import Value

_ATTEMPTS: Final = 20
_ROUNDS: Final = 24
_PATIENCE: Final = 12  # rounds after which warnings are left alone
_KEPT_WARNING: Final = 0.15


def plausible_answers(
    questionnaire: Questionnaire, respondent: Respondent, rng: Random
) -> dict[str, Value]:
    """Return answers (field key → value) that could be submitted; some rules may warn.

    The same seed gives the same answers. Files are never attached, so a required file
    stays blank; so does a required text whose pattern no stock phrase fits.
    """
    answers: dict[str, Value] = {}
    for _ in range(_ATTEMPTS):
        answers, settled = _attempt(questionnaire, respondent, rng)
        if settled:
            break
    return answers


def _attempt(
    questionnaire: Questionnaire, respondent: Respondent, rng: Random
) -> tuple[dict[str, Value], bool]:
    """Answer, then repair numbers until no rule complains; tell whether that came to an end."""
    answers: dict[str, Value] = {}
    asked: set[str] = set()
    left_alone = _left_alone(questionnaire, rng)
    for turn in range(_ROUNDS):
        reading = Reading(answers, respondent)
        for question in walk(questionnaire, reading):
            if question.id not in asked:
                asked.add(question.id)
                fields = questionnaire.fields_of(question.id)
                answers.update(draw_answers(question, fields, respondent, rng))
        if turn == _PATIENCE:
            left_alone |= {r.id for r in questionnaire.rules if r.level is RuleLevel.WARNING}
        settled = not _repair_all(questionnaire, reading, answers, left_alone, rng)
        if settled:
            break
    return {key: answers[key] for key in reading.fields if key in answers}, settled


def _left_alone(questionnaire: Questionnaire, rng: Random) -> set[str]:
    """Choose warnings that stay if they turn up: real answers have some, too."""
    warnings = [rule.id for rule in questionnaire.rules if rule.level is RuleLevel.WARNING]
    return {rule_id for rule_id in warnings if rng.random() < _KEPT_WARNING}


def _repair_all(
    questionnaire: Questionnaire,
    reading: Reading,
    answers: dict[str, Value],
    left_alone: set[str],
    rng: Random,
) -> bool:
    """Repair every broken rule once; tell whether there was one."""
    ledger = Ledger(questionnaire, answers, reading.facts, rng)
    any_broken = False
    for rule in questionnaire.rules:
        if rule.id in left_alone or not rule.broken(reading.facts):
            continue
        any_broken = True
        if isinstance(rule, ComparisonRule):
            repair(rule, ledger)
        else:
            make_different(rule, reading.facts, ledger)
    return any_broken
