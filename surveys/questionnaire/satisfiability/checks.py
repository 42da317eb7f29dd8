"""What contradicts itself in a questionnaire whose parts are all well formed."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

from surveys.questionnaire.conditions import Op
from surveys.questionnaire.document import Questionnaire
from surveys.questionnaire.kinds import CalculatedAnswer
from surveys.questionnaire.problems import Problem
from surveys.questionnaire.rules import ComparisonRule, Rule
from surveys.questionnaire.satisfiability.bounds import POINT_ZERO, bounds, difference
from surveys.questionnaire.satisfiability.intervals import Interval
from surveys.questionnaire.satisfiability.search import Search, showing
from surveys.questionnaire.sides import Amount, Operation, Operator, nodes

NEVER_SHOWN: Final = "表示する条件が成り立つことはなく、どの団体にも表示されません。"
NEVER_APPLIES: Final = "規則を適用する条件（when）が成り立つことはありません。"
NEVER_TOGETHER: Final = "規則が参照する設問が、同時に表示されることはありません。"
NEVER_KEPT: Final = "設問の範囲の中に、この規則を満たす回答がありません。"
NEVER_BROKEN: Final = "設問の範囲の中に、この規則に反する回答がありません。"
DIVIDES_BY_ZERO: Final = "割る数が、常に0になります。"
_OPPOSITES: Final = {
    Op.EQ: Op.NE,
    Op.NE: Op.EQ,
    Op.LE: Op.GT,
    Op.GT: Op.LE,
    Op.GE: Op.LT,
    Op.LT: Op.GE,
}


def contradictions(questionnaire: Questionnaire) -> list[Problem]:
    """Return what can never be shown, kept, broken or divided, each with where and why."""
    search = Search(questionnaire)
    return [
        *_unseen(questionnaire, search),
        *_indivisible(questionnaire),
        *_idle(questionnaire, search),
    ]


def _unseen(questionnaire: Questionnaire, search: Search) -> Iterator[Problem]:
    """Yield sections and questions that nobody sees; a hidden section is one problem."""
    for section in questionnaire.sections:
        own = [] if section.visible_if is None else [section.visible_if]
        if own and not search.can_hold(own):
            yield Problem(section.id, NEVER_SHOWN)
            continue
        for question in section.questions:
            if question.visible_if is None:
                continue
            if not search.can_hold([*own, question.visible_if]):
                yield Problem(question.id, NEVER_SHOWN)


def _indivisible(questionnaire: Questionnaire) -> Iterator[Problem]:
    for question in questionnaire.questions:
        answer = question.answer
        if isinstance(answer, CalculatedAnswer) and _divides_by_zero(answer.formula, questionnaire):
            yield Problem(question.id, DIVIDES_BY_ZERO)


def _divides_by_zero(amount: Amount, questionnaire: Questionnaire) -> bool:
    return any(
        bounds(node.parts[1], questionnaire) == POINT_ZERO
        for node in nodes(amount)
        if isinstance(node, Operation) and node.operator is Operator.QUOTIENT
    )


def _idle(questionnaire: Questionnaire, search: Search) -> Iterator[Problem]:
    for rule in questionnaire.rules:
        reason = _why_idle(rule, questionnaire, search)
        if reason is not None:
            yield Problem(rule.id, reason)


def _why_idle(rule: Rule, questionnaire: Questionnaire, search: Search) -> str | None:
    """Return why a rule is never judged, or always with the same outcome."""
    when = [] if rule.when is None else [rule.when]
    if when and not search.can_hold(when):
        return NEVER_APPLIES
    shown = chain.from_iterable(showing(id_, questionnaire) for id_ in rule.question_ids)
    if not search.can_hold([*when, *shown]):
        return NEVER_TOGETHER
    return _why_decided(rule, questionnaire) if isinstance(rule, ComparisonRule) else None


def _why_decided(rule: ComparisonRule, questionnaire: Questionnaire) -> str | None:
    if any(_divides_by_zero(side, questionnaire) for side in (rule.left, rule.right)):
        return DIVIDES_BY_ZERO
    gap = difference(rule.left, rule.right, questionnaire)
    if _always(gap, rule.op):
        return NEVER_BROKEN
    return NEVER_KEPT if _always(gap, _OPPOSITES[rule.op]) else None


def _always(gap: Interval, op: Op) -> bool:
    """Tell whether every number of `gap` compares with 0 as `op` says."""
    match op:
        case Op.EQ:
            return gap == POINT_ZERO
        case Op.NE:
            return gap.low > 0 or gap.high < 0
        case Op.LE:
            return gap.high <= 0
        case Op.LT:
            return gap.high < 0
        case Op.GE:
            return gap.low >= 0
    return gap.low > 0
