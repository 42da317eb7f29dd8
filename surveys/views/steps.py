"""The sections of a response as a list to work through."""

from django.urls import reverse

from surveys.questionnaire import Level, SectionState
from surveys.responses import Response
from surveys.views.loading import visible_sections
from surveys.views.marks import SECTION_STATES


def section_steps(
    response: Response, current_id: str = "", *, writes: bool = True
) -> list[dict[str, object]]:
    """Every section that this organization is asked, with its state and address.

    Who does not write the answers (``writes``) is led to the page where all are read.
    """
    states = response.evaluation.section_states
    review = reverse("surveys:review", args=[response.assignment.pk])
    return [
        {
            "id": each.id,
            "title": each.title,
            "url": _address(response, each.id) if writes else review,
            "state": SECTION_STATES[states[each.id]][0],
            "tone": SECTION_STATES[states[each.id]][1],
            "current": each.id == current_id,
        }
        for each in visible_sections(response)
    ]


def way_on(response: Response) -> tuple[str, str] | None:
    """Where answering goes on, as label and address: the first section when nothing is written,
    then the first that holds back submitting; None when only reading and submitting is left.
    """
    states = response.evaluation.section_states.values()
    if all(state is SectionState.NOT_STARTED for state in states):
        return "回答を始める", _address(response, visible_sections(response)[0].id)
    for finding in response.evaluation.findings:
        if finding.level is not Level.WARNING:
            section = response.questionnaire.section_by_question[finding.question_id]
            return "続きから回答する", _address(response, section.id)
    return None


def _address(response: Response, section_id: str) -> str:
    return reverse("surveys:section", args=[response.assignment.pk, section_id])
