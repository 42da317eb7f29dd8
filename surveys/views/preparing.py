"""The page of a survey before it opens: what is still to do, and the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organization
from onepublic.core.requests import Request
from surveys.fingerprint import frame_mark, whole_mark
from surveys.forms.deciding import ReturnSurveyForm
from surveys.models import QuestionnaireRevision, Survey
from surveys.permissions import (
    can_approve,
    can_cancel_schedule,
    can_cancel_survey,
    can_edit,
    can_return,
    can_withdraw_request,
)
from surveys.readiness import Concern, Place, concerns_of
from surveys.reminding import in_words

PAGES = {
    Place.FRAME: "surveys:survey_edit",
    Place.AUDIENCE: "surveys:survey_audience",
    Place.QUESTIONS: "surveys:questionnaire",
}
ANCHORS = {Place.FRAME: "id_", Place.AUDIENCE: "", Place.QUESTIONS: "card-"}
"""What stands before a field's name, or a question's id, in the ids of its page."""

DO_FIRST = {
    Place.FRAME: "調査の概要を直す",
    Place.AUDIENCE: "宛先を選ぶ",
    Place.QUESTIONS: "調査票を作成する",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the preparation: how it stands in words, where it is done, whether nothing in
    it forbids opening.
    """

    label: str
    text: str
    url: str
    is_done: bool


def preparing_page(
    request: Request, survey: Survey, form: ReturnSurveyForm | None = None
) -> HttpResponse:
    """The page; ``form`` is a return that was refused."""
    user = request.user
    concerns = with_places(survey, concerns_of(survey))
    editable = can_edit(user, survey)
    context = {
        "survey": survey,
        "mark": whole_mark(survey),
        "frame_mark": frame_mark(survey),
        "concerns": concerns,
        "stopping": [concern for concern, _ in concerns if concern.stops],
        "parts": _parts(survey, [concern for concern, _ in concerns]),
        "do_first": _do_first(concerns) if editable else None,
        "can_edit": editable,
        "can_take_over": editable and _can_take_over(survey),
        "can_withdraw_request": can_withdraw_request(user, survey),
        "can_return": can_return(user, survey),
        "can_approve": can_approve(user, survey),
        "can_cancel_schedule": can_cancel_schedule(user, survey),
        "can_cancel": can_cancel_survey(user, survey),
        "form": form or ReturnSurveyForm(),
        "planned": [in_words(days) for days in survey.reminder_days],
        "opens_now": survey.opens_on <= timezone.localdate(),
    }
    return render(request, "surveys/preparing.html", context)


def with_places(survey: Survey, concerns: Sequence[Concern]) -> list[tuple[Concern, str]]:
    """The concerns, each with the address of the place where it is mended."""
    return [(concern, _address(survey, concern)) for concern in concerns]


def _address(survey: Survey, concern: Concern) -> str:
    page = reverse(PAGES[concern.place], args=[survey.pk])
    if not concern.anchor:
        return page
    opened = f"?at={concern.anchor}" if concern.place is Place.QUESTIONS else ""
    return f"{page}{opened}#{ANCHORS[concern.place]}{concern.anchor}"


def _do_first(concerns: Sequence[tuple[Concern, str]]) -> tuple[str, str] | None:
    """Label and address of what has to be done before anything else; None when all is there."""
    return next(((DO_FIRST[c.place], url) for c, url in concerns if c.stops), None)


def _parts(survey: Survey, concerns: Sequence[Concern]) -> list[Part]:
    texts: dict[Place, Any] = {
        Place.FRAME: ("調査の概要", f"{survey.title}"),
        Place.QUESTIONS: ("調査票", _questions_in_words(survey.revisions.latest("number"))),
        Place.AUDIENCE: ("宛先", f"{Organization.objects.matching(survey.audience).count():,}機関"),
    }
    stopped = {concern.place for concern in concerns if concern.stops}
    return [
        Part(label, text, reverse(PAGES[place], args=[survey.pk]), place not in stopped)
        for place, (label, text) in texts.items()
    ]


def _questions_in_words(revision: QuestionnaireRevision) -> str:
    sections = revision.document.get("sections", [])
    questions = sum(len(section.get("questions", [])) for section in sections)
    return f"{len(sections)}節、{questions}問" if questions else "設問がありません"


def _can_take_over(survey: Survey) -> bool:
    revision = survey.revisions.latest("number")
    return survey.previous is not None and not revision.document["sections"]
