"""The sections of a response as a list to work through."""

from django.urls import reverse

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
            "url": reverse("surveys:section", args=[response.assignment.pk, each.id])
            if writes
            else review,
            "state": SECTION_STATES[states[each.id]][0],
            "tone": SECTION_STATES[states[each.id]][1],
            "current": each.id == current_id,
        }
        for each in visible_sections(response)
    ]
