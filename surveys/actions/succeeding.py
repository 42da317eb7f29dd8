"""Mergers while a survey runs: the successor answers, and nothing counts twice."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organization
from onepublic.audit.models import record_each
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import hold_with_responses
from surveys.actions.lapsing import drop_of_succeeded
from surveys.actions.opening import SURVEY_OPENED
from surveys.models import Assignment, Survey
from surveys.people import windows_of
from surveys.states import SurveyState

MOST_STEPS: Final = 10  # of successors of successors


@transaction.atomic
def follow_mergers(survey: Survey) -> int:
    """Give the responses of organizations that have ended to their successors; return how many.

    A successor that was not asked is asked now, and told. Where all that ended in one successor
    had handed in before, nothing changes: what they handed in stands. Safe to run twice.
    """
    held = hold_with_responses(survey)
    if held.state != SurveyState.OPEN:
        return 0
    moved = 0
    for successor, ended in _by_successor(held).items():
        own = held.assignments.filter(organization=successor).first()
        if own is None and all(each.is_handed_in for each in ended):
            continue
        moved += _hand_over(held, ended, own or _ask(held, successor, ended))
    return moved


def _by_successor(survey: Survey) -> dict[int, list[Assignment]]:
    """The responses of organizations that exist no longer, by who has taken their place."""
    ended = survey.assignments.counted().filter(
        organization__valid_to__lt=timezone.localdate(), organization__successor__isnull=False
    )
    found: defaultdict[int, list[Assignment]] = defaultdict(list)
    for each in ended.select_related("organization__successor").order_by("pk"):
        found[_last(each.organization).pk].append(each)
    return dict(found)


def _last(organization: Organization) -> Organization:
    """The successor that exists today; of a circle, where the steps end."""
    for _ in range(MOST_STEPS):
        ended = organization.valid_to is not None and organization.valid_to < timezone.localdate()
        if not ended or organization.successor is None:
            break
        organization = organization.successor
    return organization


def _ask(survey: Survey, organization: int, ended: Iterable[Assignment]) -> Assignment:
    """It has the time that was granted to any of those that it answers for."""
    revision = survey.revisions.filter(published_at__isnull=False).latest("number")
    granted = max((each.extended_to for each in ended if each.extended_to), default=None)
    asked = Assignment.objects.create(
        survey=survey, organization_id=organization, revision=revision, extended_to=granted
    )
    if survey.notify_by_mail:
        windows = windows_of(Organization.objects.filter(pk=organization))
        enqueue(SURVEY_OPENED, subject_id=survey.pk, people=windows)
    return asked


def _hand_over(survey: Survey, ended: Iterable[Assignment], successor: Assignment) -> int:
    """Also what was handed over to one of them before follows, so that no chain is left; time that
    one of them asked for and was not given is the successor's to ask for.
    """
    moved = [each for each in ended if each.pk != successor.pk]
    keys = [each.pk for each in moved]
    chain = survey.assignments.filter(Q(pk__in=keys) | Q(succeeded_by__in=keys))
    chain.exclude(pk=successor.pk).update(succeeded_by=successor)
    drop_of_succeeded(moved)
    record_each("assignment.succeeded", moved, by=None, successor=successor.pk)
    return len(moved)
