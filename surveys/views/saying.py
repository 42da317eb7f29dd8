"""What was asked about a survey, in the order of its questions."""

from dataclasses import dataclass

from surveys.models import Inquiry
from surveys.responses import Response
from surveys.views.beside import WHOLE, Surroundings

WHOLE_LABEL = "調査全体について"


@dataclass(frozen=True, slots=True)
class AskedHere:
    """A question of the questionnaire (or the whole) with what was asked about it."""

    label: str
    inquiries: list[Inquiry]
    own_inquiries: list[Inquiry]


def inquiry_lines(response: Response, beside: Surroundings) -> list[AskedHere]:
    """Everything that the person may read, the whole survey first, in order of questions."""
    labels = {question.id: question.label for question in response.questionnaire.questions}
    places = {WHOLE: WHOLE_LABEL} | labels
    found = [
        AskedHere(label, here.inquiries, here.own_inquiries)
        for question_id, label in places.items()
        if (here := beside.by_question.get(question_id))
    ]
    return [line for line in found if line.inquiries or line.own_inquiries]
