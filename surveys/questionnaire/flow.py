"""Who can be asked what: conditions judged while only some of the answers are known.

The map of the flow, the burden meter and the check list ask it before anybody has answered.
"""

from collections.abc import Mapping
from enum import Enum

from surveys.questionnaire.conditions import AllOf, AnyOf, AttributeCondition, Condition, Not
from surveys.questionnaire.document import Questionnaire


class Reach(Enum):
    """Whether a body is asked: always, depending on its answers, or never."""

    ALWAYS = "always"
    DEPENDS = "depends"
    NEVER = "never"


_OPPOSITE = {
    Reach.ALWAYS: Reach.NEVER,
    Reach.DEPENDS: Reach.DEPENDS,
    Reach.NEVER: Reach.ALWAYS,
}


def reach_of_questions(questionnaire: Questionnaire, known: Mapping[str, str]) -> dict[str, Reach]:
    """Return for each question whether a body with the `known` attributes is asked it.

    `known` maps attributes (`kind`, …) to their text; what is missing may be anything. A
    condition on a question that is never asked is false, as in an evaluation.
    """
    reached: dict[str, Reach] = {}
    for section in questionnaire.sections:
        whole = _judge(section.visible_if, known, reached)
        for question in section.questions:
            own = _judge(question.visible_if, known, reached)
            reached[question.id] = _least(whole, own)
    return reached


def readers(questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """Return for each question those that appear depending on its answer, in order."""
    found: dict[str, list[str]] = {question.id: [] for question in questionnaire.questions}
    for section in questionnaire.sections:
        of_section = _reads(section.visible_if)
        for question in section.questions:
            for read in of_section | _reads(question.visible_if):
                found[read].append(question.id)
    return {question_id: tuple(ids) for question_id, ids in found.items()}


def _reads(condition: Condition | None) -> frozenset[str]:
    return condition.question_ids() if condition else frozenset()


def _judge(
    condition: Condition | None, known: Mapping[str, str], reached: Mapping[str, Reach]
) -> Reach:
    match condition:
        case None:
            return Reach.ALWAYS
        case AllOf():
            return _least(*(_judge(part, known, reached) for part in condition.parts))
        case AnyOf():
            return _most(*(_judge(part, known, reached) for part in condition.parts))
        case Not():
            return _OPPOSITE[_judge(condition.part, known, reached)]
        case AttributeCondition():
            return _judge_attribute(condition, known)
    never = all(reached[read] is Reach.NEVER for read in condition.question_ids())
    return Reach.NEVER if never else Reach.DEPENDS


def _judge_attribute(condition: AttributeCondition, known: Mapping[str, str]) -> Reach:
    if condition.attribute not in known:
        return Reach.DEPENDS
    holds = known[condition.attribute] in condition.values
    return Reach.ALWAYS if holds else Reach.NEVER


def _least(*parts: Reach) -> Reach:
    if Reach.NEVER in parts:
        return Reach.NEVER
    return Reach.DEPENDS if Reach.DEPENDS in parts else Reach.ALWAYS


def _most(*parts: Reach) -> Reach:
    if Reach.ALWAYS in parts:
        return Reach.ALWAYS
    return Reach.DEPENDS if Reach.DEPENDS in parts else Reach.NEVER
