"""What may be given back of a questionnaire, and what its author chose of that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from surveys.compilation.columns import AnswerColumn, answer_columns
from surveys.questionnaire import Question, Questionnaire, QuestionType, Section, ValueKind
from surveys.states import ReleaseScope

COUNTED_KINDS: Final = frozenset(
    {ValueKind.NUMBER, ValueKind.CHOICE, ValueKind.CHOICES, ValueKind.RANKING, ValueKind.BOOLEAN}
)
"""What can be counted. Texts, files, dates and names of organizations tell of one respondent."""
FEWEST, FEWEST_IN_PUBLIC, USUAL, MOST = 2, 3, 3, 50
"""The smallest group that an author may choose, that of a public link, the proposed one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What of the results is given back, to whom, and how little is shown."""

    question_ids: Sequence[str]
    smallest_group: int = USUAL
    scope: ReleaseScope = ReleaseScope.ANSWERED
    note: str = ""
    is_public: bool = False


def releasable(questionnaire: Questionnaire) -> Iterator[tuple[Section, list[Question]]]:
    """The sections with the questions that may be given back, where there are any.

    The rows of a table that grows stand for something else in each response: it is left out.
    """
    for section in questionnaire.sections:
        if asked := [each for each in section.questions if _counts(questionnaire, each)]:
            yield section, asked


def _counts(questionnaire: Questionnaire, question: Question) -> bool:
    fields = questionnaire.fields_of(question.id)
    grows = question.type is QuestionType.DYNAMIC_TABLE
    return not grows and any(field.kind in COUNTED_KINDS for field in fields)


def columns_of(questionnaire: Questionnaire, question_ids: Iterable[str]) -> list[AnswerColumn]:
    """What is counted of the chosen questions, one column for each field or rank."""
    chosen = set(question_ids)
    fields = [
        field
        for _, asked in releasable(questionnaire)
        for question in asked
        if question.id in chosen
        for field in questionnaire.fields_of(question.id)
        if field.kind in COUNTED_KINDS
    ]
    return answer_columns(fields, {})
