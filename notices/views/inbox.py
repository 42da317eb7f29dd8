"""What an organization has received, by what is to be done about it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Division, User
from notices.forms.inbox import InboxFilterForm
from notices.models import Delivery, Notice, NoticeVersion
from notices.querysets import DeliveryQuerySet
from notices.views.chosen import PAGE_SIZE, hand_over_form
from onepublic.core.pagination import Page, count_of, earliest_first, latest_first
from onepublic.core.requests import Request
from onepublic.core.text import words_of

BY_DUE_DATE = "act"
DECLINED = "declined"
VERSION_SHOWN = ("title", "number", "category", "importance", "issued_on", "due_on")
"""Of a notice's text, the columns that a row of the list shows."""

Parts = Mapping[str, tuple[str, DeliveryQuerySet]]


@require_safe
def inbox(request: Request) -> HttpResponse:
    """One tab of what was delivered to the person's organizations, searched and filtered."""
    user, query = request.user, words_of(request.GET.get("q", ""))
    filters = InboxFilterForm(request.GET)
    received = Delivery.objects.for_organizations_of(user).filter(filters.conditions())
    parts = parts_of_inbox(received.mentioning(query), user)
    asked = request.GET.get("show", "")
    shown = asked if asked in parts else ""
    context = {
        "page": page_of(parts[shown][1], user, shown, cursor=request.GET.get("cursor", "")),
        "tabs": _tabs(parts, shown, ({"q": query} if query else {}) | filters.kept()),
        "query": query,
        "shown": shown,
        "filters": filters,
        # What was declined is neither acknowledged nor handed over, but first taken back.
        "hand_over_form": None if shown == DECLINED else hand_over_form(user),
        "back": request.GET.urlencode(),
    }
    return render(request, "notices/inbox.html", context)


def parts_of_inbox(received: DeliveryQuerySet, user: User) -> Parts:
    """The tabs: label and rows by the value of ``show``."""
    return {
        "": ("すべて", received),
        "unread": ("自分が未読", received.unread_by(user)),
        "unopened": ("団体として未開封", received.unopened()),
        "unacknowledged": ("未確認", received.unacknowledged()),
        BY_DUE_DATE: ("対応待ち", received.to_act_on()),
        "mine": ("自分の課室", received.dealt_with_by_divisions_of(user)),
        DECLINED: ("所管外", received.declined()),
    }


def page_of(rows: DeliveryQuerySet, user: User, shown: str, *, cursor: str = "") -> Page[Delivery]:
    """A page of a tab: what is to be done by due date, everything else newest first. A row's
    ``notice.own_readings`` is empty until the person has read its present version.

    First the keys, which an index alone answers, then the rows and, table by table, what they
    show: asked for at once, PostgreSQL may read and sort all that an organization ever received,
    and reads whole tables to join fifty rows of them.
    """
    keys = _keys_of(rows.only("pk"), shown, cursor)
    chosen = Delivery.objects.filter(pk__in=[key.pk for key in keys.rows])
    found = chosen.prefetch_related(
        Prefetch("notice", Notice.objects.only("state", "current_version", "division")),
        Prefetch("notice__current_version", NoticeVersion.objects.only(*VERSION_SHOWN)),
        Prefetch("notice__division", Division.objects.only("name")),
        Prefetch("notice__readings", user.readings.filter(outdated=False), to_attr="own_readings"),
        "division",
    ).in_bulk()
    return Page([found[key.pk] for key in keys.rows if key.pk in found], keys.next_cursor)


def _keys_of(rows: DeliveryQuerySet, shown: str, cursor: str) -> Page[Delivery]:
    if shown == BY_DUE_DATE:
        return earliest_first(rows, day="due_on", cursor=cursor, size=PAGE_SIZE)
    return latest_first(rows, moment="delivered_at", cursor=cursor, size=PAGE_SIZE)


def _tabs(parts: Parts, shown: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    """Each with its count, up to a thousand; search and filters stay in force in all of them."""
    return [
        {
            "label": label,
            "url": f"?{urlencode({'show': key} | kept)}",
            "current": key == shown,
            "count": count_of(rows),
        }
        for key, (label, rows) in parts.items()
    ]
