"""What stands around the letter on a notice's page: notes, reminders, questions and answers."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.states import Level
from notices.models import CoverNote, Notice, Nudge, Question
from notices.relaying import asking_division, nudging_organization, relaying_prefecture

THREADS = 10
"""Of the person's threads on a notice's page; all of them are in the list."""


def surroundings(notice: Notice, user: User) -> dict[str, Any]:
    """For templates/notices/notice.html, as far as the person may see and do it.

    Cover notes stand open for those whom they address, folded for those who look on.
    """
    notes = CoverNote.objects.visible_to(user).published().filter(notice=notice)
    may_nudge = nudging_organization(user, notice) is not None
    threads = Question.objects.visible_to(user).filter(notice=notice).with_opening()
    return {
        "cover_notes": notes.newest_of_each()
        .select_related("prefecture", "published_by")
        .prefetch_related("files__file"),
        "fold_cover_notes": user.is_at(Level.MINISTRY) or user.is_at(Level.REGIONAL_BUREAU),
        "can_relay": relaying_prefecture(user, notice) is not None,
        "can_nudge": may_nudge,
        "nudges": nudges_seen_by(user, notice) if may_nudge else [],
        "can_ask": asking_division(user, notice) is not None,
        "threads": threads.order_by("-is_waiting", "-pk")[:THREADS],
        "public_questions": public_questions(notice, user),
    }


def public_questions(notice: Notice, user: User) -> "QuerySet[Question]":
    """What was published of the notice's questions, in the order of publication."""
    seen = Question.objects.published_to(user).filter(notice=notice)
    return seen.order_by("published_at", "pk")


def nudges_seen_by(user: User, notice: Notice) -> "QuerySet[Nudge]":
    """The reminders of the person's own organization; the ministry sees all; newest first."""
    rows = Nudge.objects.filter(notice=notice).select_related("sender", "sent_by").order_by("-pk")
    return rows if user.is_at(Level.MINISTRY) else rows.filter(sender__in=user.organization_ids())
