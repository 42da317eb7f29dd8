"""The map of the flow: which question which kind of organization is asked, and because of what."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from surveys.questionnaire import Question, Questionnaire, Section
from surveys.questionnaire.attributes import KINDS
from surveys.questionnaire.describe import describe
from surveys.questionnaire.flow import Reach, reach_of_questions, readers
from surveys.views.asking import asked_survey, look_tabs, questions_in_hand

MARKS = {
    Reach.ALWAYS: ("●", "必ず尋ねる"),
    Reach.DEPENDS: ("△", "回答などによる"),
    Reach.NEVER: ("－", "尋ねない"),
}


@dataclass(frozen=True, slots=True)
class MappedQuestion:
    """A row of the map: ``marks`` by kind as (sign, word); ``leads_to`` the questions that
    appear depending on the answer.
    """

    number: int
    question: Question
    condition: str
    marks: list[tuple[str, str]]
    leads_to: list[tuple[int, str]]


@require_safe
def flow(request: Request, survey_id: int) -> HttpResponse:
    """Sections and questions in order, with a column for each kind of organization."""
    survey = asked_survey(request.user, survey_id)
    questionnaire = questions_in_hand(request.user, survey)
    rows = _rows(questionnaire)
    context = {
        "survey": survey,
        "tabs": look_tabs(request.user, survey, "surveys:flow"),
        "kinds": list(KINDS.values()),
        "sections": [
            (section, _condition(section, questionnaire), [rows[q.id] for q in section.questions])
            for section in questionnaire.sections
        ],
    }
    return render(request, "surveys/flow.html", context)


def _rows(questionnaire: Questionnaire) -> dict[str, MappedQuestion]:
    numbers = {q.id: number for number, q in enumerate(questionnaire.questions, 1)}
    by_kind = [reach_of_questions(questionnaire, {"kind": kind}) for kind in KINDS]
    read_by = readers(questionnaire)
    return {
        question.id: MappedQuestion(
            number=numbers[question.id],
            question=question,
            condition=_condition(question, questionnaire),
            marks=[MARKS[reached[question.id]] for reached in by_kind],
            leads_to=[(numbers[each], each) for each in read_by[question.id]],
        )
        for question in questionnaire.questions
    }


def _condition(part: Question | Section, questionnaire: Questionnaire) -> str:
    return describe(part.visible_if, questionnaire) if part.visible_if else ""
