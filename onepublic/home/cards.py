"""Counts that lead to the list that they count; both come from the same querysets."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.states import Role
from notices.models import Delivery, Notice, NoticeVersion, Question
from notices.permissions import can_draft
from onepublic.core.sql import counts
from surveys.models import Assignment, Survey
from surveys.waiting import waiting_in_surveys

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Card:
    """A count with its unit, which leads to the list that it counts; ``late`` of them are late."""

    title: str
    url: str
    count: int
    unit: str = "件"
    note: str = ""
    late: int = 0


def receiving_cards(user: User) -> list[Card]:
    """What the person's organizations have to acknowledge, open and answer."""
    inbox = reverse("notices:inbox")
    unopened = Delivery.objects.for_organizations_of(user).unopened().count()
    return [
        _to_acknowledge(user, f"{inbox}?show=unacknowledged"),
        _to_act_on(user, f"{inbox}?show=act"),
        Card("未開封の通知", f"{inbox}?show=unopened", unopened),
        _to_answer(user, reverse("surveys:assignments")),
        *_returned_responses(user),
        *(_waiting_responses(user) if user.has_role(Role.APPROVER) else []),
        *_answered_questions(user),
    ]


def ministry_cards(user: User) -> list[Card]:
    """What the own divisions write, and what the ministry has published and asks."""
    sent = Notice.objects.visible_to(user).published().count()
    live = Survey.objects.visible_to(user).accepting().count()
    return [
        *(_writing_cards(user) if user.has_role(Role.DRAFTER, Role.APPROVER) else []),
        *(_waiting_agreements(user) if user.has_role(Role.APPROVER) else []),
        *(_waiting_questions(user) if can_draft(user) else []),
        *(_waiting_in_surveys(user) if user.has_role(Role.DRAFTER, Role.APPROVER) else []),
        Card("省が発出した通知", reverse("notices:published"), sent),
        Card("実施中の調査", reverse("surveys:surveys"), live),
    ]


def _to_acknowledge(user: User, url: str) -> Card:
    due = "notice__current_version__due_on"
    today = timezone.localdate()
    counts = (
        Delivery.objects.for_organizations_of(user)
        .unacknowledged()
        .aggregate(
            all=Count("pk"),
            dated=Count("pk", filter=Q(**{f"{due}__gte": today})),
            late=Count("pk", filter=Q(**{f"{due}__lt": today})),
        )
    )
    note = _note(("期限つき", counts["dated"]), ("期限超過", counts["late"]))
    return Card("確認する通知", url, counts["all"], note=note, late=counts["late"])


def _to_act_on(user: User, url: str) -> Card:
    today = timezone.localdate()
    counts = (
        Delivery.objects.for_organizations_of(user)
        .to_act_on()
        .aggregate(
            all=Count("pk"),
            soon=Count("pk", filter=Q(due_on__range=(today, today + SOON))),
            late=Count("pk", filter=Q(due_on__lt=today)),
            confirmed=Count("pk", filter=Q(due_on__lt=today, acknowledged_at__isnull=False)),
        )
    )
    note = _note((f"あと{SOON.days}日以内", counts["soon"]), ("期限超過", counts["late"]))
    # What is not even confirmed is late on the card of what is to confirm.
    return Card("対応する通知", url, counts["all"], note=note, late=counts["confirmed"])


def _to_answer(user: User, url: str) -> Card:
    today = timezone.localdate()
    counts = (
        Assignment.objects.for_organizations_of(user)
        .answerable()
        .aggregate(
            all=Count("pk"),
            soon=Count("pk", filter=Q(due__range=(today, today + SOON))),
            late=Count("pk", filter=Q(due__lt=today)),
        )
    )
    note = _note((f"あと{SOON.days}日以内", counts["soon"]), ("期限超過", counts["late"]))
    return Card("回答する調査", url, counts["all"], note=note, late=counts["late"])


def _returned_responses(user: User) -> list[Card]:
    """Only when there are any, as all that follow."""
    returned = Assignment.objects.returned_to(user).count()
    url = f"{reverse('surveys:assignments')}?show=returned"
    return [Card("差し戻された調査の回答", url, returned)] if returned else []


def _waiting_responses(user: User) -> list[Card]:
    waiting = Assignment.objects.awaiting_approval_of(user).count()
    return [Card("決裁を待つ調査の回答", reverse("surveys:approvals"), waiting)] if waiting else []


def _writing_cards(user: User) -> list[Card]:
    drafts = reverse("notices:drafts")
    drafts_in_hand = NoticeVersion.objects.drafts().written_by_divisions_of(user)
    unpublished, waiting = drafts_in_hand.count(), drafts_in_hand.in_review().count()
    return [
        Card("決裁を待つ起案", "#approvals" if waiting else drafts, waiting),
        Card("発出していない起案", drafts, unpublished),
    ]


def _answered_questions(user: User) -> list[Card]:
    """Most people ask nothing on most days."""
    news = Question.objects.asked_by_organizations_of(user).with_news().count()
    url = f"{reverse('notices:questions')}?show=news"
    return [Card("回答のあった質問", url, news)] if news else []


def _waiting_agreements(user: User) -> list[Card]:
    waiting = NoticeVersion.objects.awaiting_agreement_of(user).count()
    return [Card("同意を待つ連名", reverse("notices:drafts"), waiting)] if waiting else []


def _waiting_questions(user: User) -> list[Card]:
    waiting = Question.objects.to_be_answered_by(user).count()
    url = f"{reverse('notices:questions')}?show=waiting"
    return [Card("回答を待つ質問", url, waiting)] if waiting else []


def _waiting_in_surveys(user: User) -> list[Card]:
    """What the list of surveys names above its rows."""
    titles = ("決裁を待つ調査", "回答を待つ調査の質問", "決定を待つ期限の延長")
    url = reverse("surveys:surveys")
    found = zip(titles, counts(*waiting_in_surveys(user)), strict=True)
    return [Card(title, url, count) for title, count in found if count]


def _note(*parts: tuple[str, int]) -> str:
    """``うち期限つき3件、期限超過1件``; parts of nothing are left out."""
    counted = "、".join(f"{label}{count}件" for label, count in parts if count)
    return f"うち{counted}" if counted else ""
