"""The first page after signing in: what this person's place has to do today."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.states import Level, Role
from notices.models import Delivery, Notice
from onepublic.core.requests import Request
from surveys.models import Assignment, Survey

NEWEST = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A count with its unit, which leads to the list that it counts."""

    title: str
    url: str
    count: int
    unit: str
    note: str = ""


@require_safe
def home(request: Request) -> HttpResponse:
    """Counts come from the querysets that the lists use, so both always agree."""
    user = request.user
    at_ministry = user.is_at(Level.MINISTRY)
    received = Delivery.objects.for_organizations_of(user).unacknowledged()
    owed = Assignment.objects.for_organizations_of(user).answerable().select_related("survey")
    context = {
        "today": timezone.localdate(),
        "at_ministry": at_ministry,
        "cards": _ministry_cards(user) if at_ministry else _local_cards(user),
        "newest_deliveries": received.in_inbox_order()[:NEWEST],
        "owed_assignments": owed.order_by("survey__due_on", "pk"),
    }
    return render(request, "home.html", context)


def _local_cards(user: User) -> list[Card]:
    inbox = reverse("notices:inbox")
    received = Delivery.objects.for_organizations_of(user)
    owing, unopened = received.unacknowledged().count(), received.unopened().count()
    owed = Assignment.objects.for_organizations_of(user).answerable().count()
    return [
        Card("確認する通知", f"{inbox}?show=unacknowledged", owing, "件"),
        Card("未開封の通知", f"{inbox}?show=unopened", unopened, "件"),
        Card("回答する調査", reverse("surveys:assignments"), owed, "件"),
    ]


def _ministry_cards(user: User) -> list[Card]:
    cards = [
        Card(
            "省が発出した通知",
            reverse("notices:published"),
            Notice.objects.visible_to(user).published().count(),
            "件",
        ),
        Card("実施中の調査", reverse("surveys:surveys"), _open_surveys(user), "件"),
    ]
    if user.has_role(Role.DRAFTER, Role.APPROVER):
        waiting = Notice.objects.written_by_divisions_of(user).in_review().count()
        cards.insert(0, Card("決裁を待つ起案", reverse("notices:drafts"), waiting, "件"))
    return cards


def _open_surveys(user: User) -> int:
    return Survey.objects.visible_to(user).accepting().count()
