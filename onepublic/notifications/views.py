"""The list of what a person was told."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from onepublic.core.pagination import newest_first
from onepublic.core.requests import Request
from onepublic.mail.models import OutboxMessage
from onepublic.notifications.subjects import KINDS, Subject


@dataclass(frozen=True, slots=True)
class Notification:
    """A mail to the person; ``subject`` is None when the person may no longer see it."""

    message: OutboxMessage
    kind: str
    subject: Subject | None


@require_safe
def notifications(request: Request) -> HttpResponse:
    """The person's own mails, newest first, sent or waiting."""
    own = OutboxMessage.objects.filter(person=request.user, kind__in=KINDS)
    page = newest_first(own, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "rows": told(request.user, page.rows)}
    return render(request, "notifications.html", context)


def told(user: User, messages: Iterable[OutboxMessage]) -> list[Notification]:
    """Each message with its subject; as many queries as there are kinds."""
    by_kind: dict[str, set[int]] = {}
    for message in messages:
        by_kind.setdefault(message.kind, set()).add(message.subject_id)
    subjects = {kind: KINDS[kind][1](user, keys) for kind, keys in by_kind.items()}
    return [
        Notification(one, KINDS[one.kind][0], subjects[one.kind].get(one.subject_id))
        for one in messages
    ]
