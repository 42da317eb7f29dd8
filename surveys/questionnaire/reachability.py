"""Which questions anybody can come to see."""

from collections.abc import Iterable, Mapping

from surveys.questionnaire.attributes import Respondent
from surveys.questionnaire.conditions import (
    AllOf,
    AnyOf,
    AttributeCondition,
    Condition,
    Not,
)
from surveys.questionnaire.document import Questionnaire


def reachable_questions(
    questionnaire: Questionnaire, respondents: Iterable[Respondent]
) -> frozenset[str]:
    """Return the ids of questions that at least one of the bodies may see, whatever is answered.

    An answer is taken to be free: only what hangs on the kind of body, or on a question that
    this body can't see, is judged.
    """
    found: set[str] = set()
    for attributes in {tuple(sorted(one.attributes().items())) for one in respondents}:
        found |= _reached_by(questionnaire, dict(attributes))
    return frozenset(found)


def _reached_by(questionnaire: Questionnaire, attributes: Mapping[str, str]) -> set[str]:
    reached: set[str] = set()
    for section in questionnaire.sections:
        if not _may_hold(section.visible_if, attributes, reached):
            continue
        for question in section.questions:
            if _may_hold(question.visible_if, attributes, reached):
                reached.add(question.id)
    return reached


def _may_hold(
    condition: Condition | None, attributes: Mapping[str, str], reached: set[str]
) -> bool:
    return condition is None or _outcomes(condition, attributes, reached)[0]


def _outcomes(
    condition: Condition, attributes: Mapping[str, str], reached: set[str]
) -> tuple[bool, bool]:
    """Whether it may be true, and whether it may be false."""
    match condition:
        case AttributeCondition():
            holds = attributes.get(condition.attribute) in condition.values
            return holds, not holds
        case Not():
            true, false = _outcomes(condition.part, attributes, reached)
            return false, true
        case AllOf():
            parts = [_outcomes(part, attributes, reached) for part in condition.parts]
            return all(true for true, _ in parts), any(false for _, false in parts)
        case AnyOf():
            parts = [_outcomes(part, attributes, reached) for part in condition.parts]
            return any(true for true, _ in parts), all(false for _, false in parts)
        case _:
            return condition.question_ids() <= reached, True
