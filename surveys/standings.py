"""How responses stand, in the words of those who follow a survey, and the rows of each word."""

from datetime import date

from django.db.models import Q, TextChoices

from accounts.states import Level
from surveys.states import HANDED_IN_STATES, WORKING_STATES, AssignmentState, PrefecturePart


class Standing(TextChoices):
    """The first four divide all that were asked; the others are parts of these."""

    ANSWERED = "answered", "提出済み"
    NOT_APPLICABLE = "not_applicable", "該当なし"
    WORKING = "working", "回答中"
    NOT_STARTED = "not_started", "未着手"
    OWING = "owing", "未提出"
    OVERDUE = "overdue", "期限超過"
    RETURNED = "returned", "差戻し中"
    CONFIRMING = "confirming", "都道府県で確認中"
    ACCEPTED = "accepted", "受理済み"


_HANDED_IN = Q(state__in=HANDED_IN_STATES)
_NOTHING_APPLIES = Q(not_applicable_reason__gt="")


WITH_PREFECTURE = Q(
    survey__prefecture_part=PrefecturePart.CHECK,
    organization__level=Level.MUNICIPALITY,
    confirmed_at__isnull=True,
)
"""Assignments that their prefecture has not confirmed and has to."""


def standing_on(standing: str, today: date) -> Q:
    """The assignments that stand so on the day.

    Overdue is measured by each one's own last day, its extension counted. An accepted response
    is still an answer, or still says that nothing applies.
    """
    return {
        Standing.ANSWERED: _HANDED_IN & ~_NOTHING_APPLIES,
        Standing.NOT_APPLICABLE: _HANDED_IN & _NOTHING_APPLIES,
        Standing.WORKING: Q(state__in=WORKING_STATES),
        Standing.NOT_STARTED: Q(state=AssignmentState.NOT_STARTED),
        Standing.OWING: ~_HANDED_IN,
        Standing.OVERDUE: ~_HANDED_IN & _past(today),
        Standing.RETURNED: Q(state=AssignmentState.RETURNED),
        Standing.CONFIRMING: _HANDED_IN & ~Q(state=AssignmentState.ACCEPTED) & WITH_PREFECTURE,
        Standing.ACCEPTED: Q(state=AssignmentState.ACCEPTED),
    }[Standing(standing)]


def _past(today: date) -> Q:
    return Q(extended_to__lt=today) | Q(extended_to__isnull=True, survey__due_on__lt=today)
