"""The sections of a response as a list to work through."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from django.urls import reverse

from surveys.models import SectionWork
from surveys.parts import section_of, sections_of
from surveys.questionnaire import Level, SectionState
from surveys.responses import Response
from surveys.views.loading import visible_sections
from surveys.views.marks import SECTION_STATES

ANY = "-section-"
"""Stands for the id of a section; an address is put together once for all of them."""


def section_steps(
    response: Response,
    current_id: str = "",
    *,
    writes: bool = True,
    closed: Collection[str] = (),
) -> list[dict[str, object]]:
    """Every section that this organization is asked, with its state and address.

    Who does not write the answers (``writes``) is led to the page where all are read; a section
    that another division has (``closed``) to the page that says so.
    """
    states = states_of(response)
    key = response.assignment.pk
    page, part = _addresses(key, is_closed=False), _addresses(key, is_closed=True)
    if not writes:
        page = part = reverse("surveys:review", args=[key])
    return [
        {
            "id": each.id,
            "title": each.title,
            "url": (part if each.id in closed else page).replace(ANY, each.id),
            "state": SECTION_STATES[states[each.id]][0],
            "tone": SECTION_STATES[states[each.id]][1],
            "current": each.id == current_id,
        }
        for each in visible_sections(response)
    ]


def states_of(response: Response) -> dict[str, SectionState]:
    """The state of each visible section; values of the last round are first to be confirmed."""
    open_ones = sections_of(response.questionnaire, response.unconfirmed)
    return {
        section: SectionState.CHECK_NEEDED if section in open_ones else state
        for section, state in response.evaluation.section_states.items()
    }


@dataclass(frozen=True, slots=True)
class Task:
    """A section of the list of tasks: its step, who works on it, and what is left to do there."""

    step: Mapping[str, object]
    work: SectionWork | None
    stopping: int
    unconfirmed: int


def tasks_of(
    response: Response, works: Mapping[str, SectionWork], steps: Iterable[Mapping[str, object]]
) -> list[Task]:
    """The steps with who works on them and how many findings and unconfirmed values hold up
    submitting.
    """
    unconfirmed = Counter(section_of(response.questionnaire, key) for key in response.unconfirmed)
    stopping = Counter(
        section
        for found in response.evaluation.findings
        if found.level is not Level.WARNING
        for section in sections_of(response.questionnaire, found.field_keys)
    )
    return [
        Task(step, works.get(key), stopping[key], unconfirmed[key])
        for step in steps
        if (key := str(step["id"]))
    ]


def way_on(response: Response, closed: Collection[str] = ()) -> tuple[str, str] | None:
    """Where answering goes on, as label and address: the first section when nothing is written,
    then the first that holds back submitting; None when only reading and submitting is left, or
    waiting for the divisions that have the other sections (``closed``).
    """
    states = states_of(response).values()
    own = [each.id for each in visible_sections(response) if each.id not in closed]
    if own and all(state is SectionState.NOT_STARTED for state in states):
        return "回答を始める", _address(response, own[0])
    stopping = (f.field_keys for f in response.evaluation.findings if f.level is not Level.WARNING)
    keys = [*chain.from_iterable(stopping), *response.unconfirmed]
    waiting = sections_of(response.questionnaire, keys)
    first = next((section for section in own if section in waiting), None)
    return ("続きから回答する", _address(response, first)) if first else None


def _address(response: Response, section_id: str) -> str:
    return _addresses(response.assignment.pk, is_closed=False).replace(ANY, section_id)


def _addresses(assignment_id: int, *, is_closed: bool) -> str:
    """The address of a section's inputs, or of its part, with ANY in place of the section's id."""
    return reverse("surveys:part" if is_closed else "surveys:section", args=[assignment_id, ANY])
