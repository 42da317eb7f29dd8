"""A prefecture writes for a municipality in trouble: begun with its consent, ended by either."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.models import Organization, User
from onepublic.audit.models import record
from onepublic.core.clock import database_time
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.sql import lock_row
from onepublic.mail.outbox import enqueue
from surveys.actions.locking import CLOSED, HANDED_IN, SUCCEEDED, TOO_LATE
from surveys.models import Assignment, ProxyEntry
from surveys.people import people_asked, people_named, windows_of
from surveys.prefecture_rights import may_begin_proxy, may_end_proxy, prefecture_for

PROXY_MAIL = "proxy_entry"
BEGUN, ENDED = "assignment.proxy_begun", "assignment.proxy_ended"
ALREADY = "すでに代理入力を始めています。"
NOT_BEGUN = "この代理入力は、すでに終わっています。画面を開き直してください。"


@transaction.atomic
def begin_proxy(
    assignment: Assignment,
    *,
    by: User,
    consent_by: str,
    consent_how: str,
    reason: str,
    may_submit: bool,
) -> ProxyEntry:
    """Record who of the municipality agreed, how, and why the prefecture writes for it from now
    on; ``may_submit``: agreed to the handing in as well. The municipality is told.

    Raises PermissionDenied for others than drafters of its prefecture, where that has a part in
    the survey; Refused when the response is handed in or can't be any more, and when it is
    written by proxy already.
    """
    current = _lock(assignment)
    prefecture = prefecture_for(by, current)
    if prefecture is None or not may_begin_proxy(by, current):
        raise PermissionDenied
    _demand_needed(current)
    entry = ProxyEntry.objects.create(
        assignment=current,
        prefecture=prefecture,
        consent_by=consent_by,
        consent_how=consent_how,
        reason=reason,
        may_submit=may_submit,
        begun_by=by,
    )
    event = record(
        BEGUN, current, by=by, entry=entry.pk, consent_by=consent_by, may_submit=may_submit
    )
    enqueue(PROXY_MAIL, subject_id=event.pk, people=_municipality(current))
    return entry


@transaction.atomic
def end_proxy(assignment: Assignment, *, by: User) -> None:
    """Let nobody but the municipality write its answers; the other side is told.

    Raises PermissionDenied for others than the municipality's writers and admins and the
    prefecture's writers, Stale when it was ended before.
    """
    current = _lock(assignment)
    demand(may_end_proxy(by, current))
    entry = current.proxy_entries.in_force().first()
    if entry is None:
        raise Stale(NOT_BEGUN)
    ProxyEntry.objects.filter(pk=entry.pk).update(ended_at=Now(), ended_by=by)
    event = record(ENDED, current, by=by, entry=entry.pk)
    people = (_municipality(current) | people_named(entry.begun_by_id)).exclude(pk=by.pk)
    enqueue(PROXY_MAIL, subject_id=event.pk, people=people)


def _lock(assignment: Assignment) -> Assignment:
    lock_row(Assignment, assignment.pk)
    return Assignment.objects.with_survey().get(pk=assignment.pk)


def _demand_needed(current: Assignment) -> None:
    if current.succeeded_by_id is not None:
        raise Refused(SUCCEEDED)
    if current.is_handed_in:
        raise Refused(HANDED_IN)
    if not current.is_awaited:
        raise Refused(CLOSED)
    if current.is_refused_at(database_time()):
        raise Refused(TOO_LATE)
    if current.proxy_entries.in_force().exists():
        raise Refused(ALREADY)


def _municipality(current: Assignment) -> QuerySet[User]:
    """Its window, and who gathers the response."""
    place = Organization.objects.filter(pk=current.organization_id)
    return windows_of(place) | people_asked(Assignment.objects.filter(pk=current.pk))
