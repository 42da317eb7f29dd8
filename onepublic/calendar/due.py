"""What is due for a person: notices with a due date and surveys, each with its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.states import Level
from notices.models import Delivery, Notice
from notices.querysets import DeliveryQuerySet, NoticeQuerySet
from surveys.models import Assignment, Survey
from surveys.querysets import AssignmentQuerySet, SurveyQuerySet
from surveys.states import SurveyState

NOTICE, SURVEY = "通知", "調査"
NOTICE_DUE = "notice__current_version__due_on"
AREA = (Level.PREFECTURE, Level.REGIONAL_BUREAU)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing with a due date; ``settled`` when nothing is left to do about it."""

    day: date
    kind: str
    title: str
    url: str
    state: str
    settled: bool = False


def due_between(user: User, first: date, last: date) -> list[Due]:
    """All that is due from ``first`` to ``last``, both included, in order of days.

    Received notices and own responses; for those with an area also the surveys asked only
    there; for the ministry what the own divisions have published and opened.
    """
    days = (first, last)
    received = Delivery.objects.for_organizations_of(user).standing()
    asked = Assignment.objects.for_organizations_of(user)
    issued = Notice.objects.written_by_divisions_of(user).published()
    followed = Survey.objects.run_by(user).started() | _asked_in_area_only(user)
    return in_order(
        [
            *_deliveries(received.filter(**{f"{NOTICE_DUE}__range": days})),
            *_assignments(asked.due_between(first, last)),
            *_notices(issued.filter(current_version__due_on__range=days)),
            *_surveys(followed.filter(due_on__range=days)),
        ]
    )


def coming(user: User, *, at_most: int) -> list[Due]:
    """What the person's organizations still owe and can do in time, the first due dates first."""
    today = timezone.localdate()
    received = _owed(user).filter(**{f"{NOTICE_DUE}__gte": today})
    asked = _answerable(user).due_from(today)
    found = [
        *_deliveries(received.order_by(NOTICE_DUE, "pk")[:at_most]),
        *_assignments(asked.order_by("due", "pk")[:at_most]),
    ]
    return in_order(found)[:at_most]


def late(user: User, *, at_most: int) -> list[Due]:
    """What they owe since an earlier day, the last due dates first."""
    today = timezone.localdate()
    received = _owed(user).filter(**{f"{NOTICE_DUE}__lt": today})
    asked = _answerable(user).due_before(today)
    found = [
        *_deliveries(received.order_by(f"-{NOTICE_DUE}", "pk")[:at_most]),
        *_assignments(asked.order_by("-due", "pk")[:at_most]),
    ]
    return sorted(found, key=lambda due: due.day, reverse=True)[:at_most]


def in_order(found: Iterable[Due]) -> list[Due]:
    """By day; on one day what is still to do comes first."""
    return sorted(found, key=lambda due: (due.day, due.settled, due.kind, due.title))


def _owed(user: User) -> DeliveryQuerySet:
    """What is still to acknowledge or to act on."""
    own = Delivery.objects.for_organizations_of(user)
    return own.unacknowledged() | own.to_act_on()


def _answerable(user: User) -> AssignmentQuerySet:
    return Assignment.objects.for_organizations_of(user).answerable()


def _asked_in_area_only(user: User) -> SurveyQuerySet:
    if not user.organization_ids(*AREA):
        return Survey.objects.none()
    own = Assignment.objects.for_organizations_of(user).values("survey")
    return Survey.objects.visible_to(user).started().exclude(pk__in=own)


def _deliveries(rows: DeliveryQuerySet) -> list[Due]:
    found = []
    for delivery in rows.select_related("notice__current_version"):
        found += _notice(delivery.notice, delivery.state, settled=not delivery.is_owed)
    return found


def _notices(rows: NoticeQuerySet) -> list[Due]:
    found = []
    for notice in rows.select_related("current_version"):
        found += _notice(notice, notice.get_state_display(), settled=True)
    return found


def _notice(notice: Notice, state: str, *, settled: bool) -> list[Due]:
    """At most one: a notice without a due date gives nothing."""
    version = notice.current_version
    if version is None or version.due_on is None:
        return []
    url = reverse("notices:detail", args=[notice.pk])
    return [Due(version.due_on, NOTICE, version.title, url, state, settled)]


def _assignments(rows: AssignmentQuerySet) -> list[Due]:
    found = []
    for assignment in rows.select_related("survey", "succeeded_by__organization"):
        survey = assignment.survey
        closed = not assignment.is_awaited
        done = assignment.is_handed_in
        state = assignment.get_state_display()
        if assignment.succeeded_by:
            state = f"{assignment.succeeded_by.organization.full_name}に引き継がれました"
        elif closed and not done:
            state = survey.get_state_display()
        url = reverse("surveys:assignment", args=[assignment.pk])
        found.append(Due(assignment.due_on, SURVEY, survey.title, url, state, done or closed))
    return found


def _surveys(rows: SurveyQuerySet) -> list[Due]:
    return [
        Due(
            survey.due_on,
            SURVEY,
            survey.title,
            reverse("surveys:survey", args=[survey.pk]),
            survey.get_state_display(),
            survey.state != SurveyState.OPEN,
        )
        for survey in rows
    ]
