"""Questions for further use: what the own division asked before, and what others share."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from accounts.models import Division
from onepublic.core.fulltext.folding import folded
from surveys.models import AskedQuestion, BankQuestion, Survey

MOST: Final = 30
# What ties a question to others of its questionnaire stays behind.
_TIES: Final = ("id", "visible_if", "carry_over")
_UNTAKEN: Final = ("calculated", "image")


@dataclass(frozen=True, slots=True)
class Offer:
    """A question to take over. ``key`` names it in a form: ``asked-5`` or ``bank-3``."""

    key: str
    question: dict[str, Any]
    source: str
    definition: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """The question without what ties it to others."""
        return {key: self.question[key] for key in self.question if key not in _TIES}


def offers(survey: Survey, words: str) -> list[Offer]:
    """The bank's questions, then those that the division asked in other surveys, the newest
    first; with ``words`` only those whose label holds each of them. At most 30 of each.
    """
    return [*_banked(survey.division, words), *_asked(survey, words)]


def offer_of(survey: Survey, key: str) -> Offer | None:
    """The offer of that key, as far as the division may take it."""
    kind, _, number = key.partition("-")
    if not number.isdecimal() or len(number) > 18:
        return None
    found = _banked(survey.division, "", pk=int(number)) if kind == "bank" else []
    found = _asked(survey, "", pk=int(number)) if kind == "asked" else found
    return found[0] if found else None


def matching(words: str) -> Q:
    """Questions whose label holds each of the words."""
    wanted = Q()
    for word in words.split():
        wanted &= Q(folded__contains=folded(word))
    return wanted


def _banked(division: Division, words: str, **narrow: int) -> list[Offer]:
    rows = (
        BankQuestion.objects.offered_to([division.pk])
        .filter(matching(words), **narrow)
        .select_related("division__parent")
    )
    return [
        Offer(f"bank-{row.pk}", row.question, f"設問バンク（{row.division}）", row.definition)
        for row in rows.order_by("-pk")[:MOST]
    ]


def _asked(survey: Survey, words: str, **narrow: int) -> list[Offer]:
    rows = (
        AskedQuestion.objects.filter(matching(words), **narrow)
        .filter(survey__division=survey.division_id)
        .exclude(survey=survey)
        .exclude(type__in=_UNTAKEN)
        .select_related("survey", "revision")
        .order_by("-survey__opened_at", "position")[:MOST]
    )
    found = ((row, _in_document(row.revision.document, row.question_id)) for row in rows)
    return [
        Offer(f"asked-{row.pk}", question, row.survey.title, question.get("help", ""))
        for row, question in found
        if question
    ]


def _in_document(document: dict[str, Any], question_id: str) -> dict[str, Any] | None:
    questions = (q for section in document["sections"] for q in section["questions"])
    return next((q for q in questions if q["id"] == question_id), None)
