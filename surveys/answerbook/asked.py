"""What an organization can be asked at all: conditions on the organization alone are decided."""

from dataclasses import dataclass, field

from surveys.questionnaire import Question, Questionnaire, Respondent, Section
from surveys.questionnaire.conditions import (
    AllOf,
    AnyOf,
    AttributeCondition,
    Condition,
    Facts,
    Not,
)

Asked = list[tuple[Section, list[Question]]]


def askable(questionnaire: Questionnaire, respondent: Respondent) -> Asked:
    """The sections and questions that some answers of this organization would show, in order."""
    judge = _Judge(Facts(respondent.attributes()))
    found: Asked = []
    for section in questionnaire.sections:
        is_out = judge.certainty(section.visible_if) is False
        asked = [q for q in section.questions if not judge.leaves_out(q, whole_section=is_out)]
        if asked:
            found.append((section, asked))
    return found


def depends_on_answers(condition: Condition | None, respondent: Respondent) -> bool:
    """Whether answers decide; what is certain of this organization needs no words."""
    judge = _Judge(Facts(respondent.attributes()))
    return condition is not None and judge.certainty(condition) is None


@dataclass(slots=True)
class _Judge:
    """Which questions this organization never sees, so far."""

    facts: Facts
    left_out: set[str] = field(default_factory=set)

    def leaves_out(self, question: Question, *, whole_section: bool) -> bool:
        is_out = whole_section or self.certainty(question.visible_if) is False
        if is_out:
            self.left_out.add(question.id)
        return is_out

    def certainty(self, condition: Condition | None) -> bool | None:
        """True or False where that is certain whatever is answered, None where answers decide."""
        match condition:
            case None:
                return True
            case AttributeCondition():
                return condition.holds(self.facts)
            case AllOf():
                parts = {self.certainty(part) for part in condition.parts}
                return False if False in parts else None if None in parts else True
            case AnyOf():
                parts = {self.certainty(part) for part in condition.parts}
                return True if True in parts else None if None in parts else False
            case Not():
                certain = self.certainty(condition.part)
                return None if certain is None else not certain
            case _:  # reads an answer: what is left out is never answered
                return False if condition.question_ids() & self.left_out else None
