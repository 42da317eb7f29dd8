"""Evaluate a response: what is visible, what is missing, what is wrong, how far it is."""

from collections.abc import Collection, Mapping

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.document import Field, Questionnaire, Table
from surveys.questionnaire.findings import Evaluation, Finding, Level, TableTotals
from surveys.questionnaire.previous import facts_of_previous
from surveys.questionnaire.progress import section_states
from surveys.questionnaire.reading import Reading, walk
from surveys.questionnaire.rules import Rule
from surveys.questionnaire.totals import table_totals
from surveys.questionnaire.values import (
    FieldState,
    is_blank,
    is_none_applicable,
)


def evaluate(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    respondent: Respondent,
    *,
    explained: Collection[str] = (),
    previous: Mapping[str, object] | None = None,
) -> Evaluation:
    """Return everything that follows from `answers` (field key → value) of `respondent`.

    Values may be stored or refused ones; a refused value counts as blank in conditions
    and totals, and no rule reads its question. `explained` names the rules whose
    warning has been given a reason: they no longer hold up their section. `previous` are
    the values of the round before (field key → JSON value), None where there was none.
    """
    reading = Reading(answers, respondent)
    if previous is not None and questionnaire.previous_keys:
        reading.facts.previous = facts_of_previous(previous, questionnaire.previous_keys)
    for _ in walk(questionnaire, reading):
        pass  # reading is all there is to do
    findings = (*reading.findings, *_rule_findings(questionnaire, reading))
    return Evaluation(
        visible_sections=frozenset(reading.sections),
        visible_questions=frozenset(question.id for question in reading.questions),
        visible_fields=frozenset(reading.fields),
        totals=_totals(questionnaire, reading),
        findings=findings,
        section_states=section_states(questionnaire, reading, findings, explained),
        calculated=reading.calculated,
    )


def state_of(field: Field, answers: Mapping[str, object], evaluation: Evaluation) -> FieldState:
    """Tell blank, value, 該当なし and 対象外 apart; what is hidden is always 対象外."""
    if field.key not in evaluation.visible_fields:
        return FieldState.NOT_APPLICABLE
    value = evaluation.calculated.get(field.key, answers.get(field.key))
    if is_blank(value):
        return FieldState.BLANK
    return FieldState.NONE if is_none_applicable(value) else FieldState.VALUE


def _rule_findings(questionnaire: Questionnaire, reading: Reading) -> list[Finding]:
    return [_finding(rule, reading) for rule in questionnaire.rules if rule.broken(reading.facts)]


def _finding(rule: Rule, reading: Reading) -> Finding:
    """Point to the visible fields only: a dynamic table has more than it shows."""
    visible = frozenset(reading.fields)
    keys = tuple(key for key in rule.concerns(reading.facts) if key in visible)
    return Finding(Level(rule.level), rule.question_ids[0], keys, rule.message, rule.id)


def _totals(questionnaire: Questionnaire, reading: Reading) -> dict[str, TableTotals]:
    return {
        question.id: table_totals(
            question.answer, questionnaire.fields_of(question.id), reading.facts.values
        )
        for question in reading.questions
        if isinstance(question.answer, Table)
    }
