"""Who is reminded (督促) of a survey: organizations that still owe it, and whom to ask there.

Never asked: whoever has handed in, whoever has more time and still has it, and organizations under
a disaster that the ministry has declared.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from accounts.models import Disaster, Membership, Organization
from accounts.states import Role
from surveys.models import Answer, Survey
from surveys.querysets import AssignmentQuerySet
from surveys.states import ReminderRung, SurveyState

PLANNABLE_DAYS = (-14, -7, -3, -1, 0, 1, 3, 7)
"""Days from the deadline on which a survey may remind; 0 is the last day itself."""

USUAL_DAYS = (-7, -1, 3)
"""The plan of a new survey, which its division may change."""

REMINDED_STATES = (SurveyState.OPEN, SurveyState.CLOSED)
"""After the closing, those are reminded whose response was given back to be mended."""

Places = Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Call:
    """One person who is asked for one response, and why this person."""

    assignment_id: int
    person_id: int
    rung: ReminderRung


def in_words(days: int) -> str:
    """``3日前``, ``期限の日``, ``1日後``."""
    if days == 0:
        return "期限の日"
    return f"{-days}日前" if days < 0 else f"{days}日後"


def owing(survey: Survey, day: date) -> AssignmentQuerySet:
    """The responses that are reminded of on a day, whatever the plan says."""
    rows: AssignmentQuerySet = survey.assignments.counted().owed()
    return rows.exclude(extended_to__gte=day).exclude(organization__in=stricken(day))


def owing_on_plan(survey: Survey, day: date) -> dict[int, AssignmentQuerySet]:
    """The same by the days from the deadline on which the plan reminds, as far as it is today."""
    rows = owing(survey, day)
    last_days = {days: day - timedelta(days=days) for days in survey.reminder_days}
    return {days: rows.due_between(last, last) for days, last in last_days.items()}


def suspended(survey: Survey, day: date) -> AssignmentQuerySet:
    """Those that would be reminded but for a disaster."""
    rows: AssignmentQuerySet = survey.assignments.counted().owed()
    return rows.filter(organization__in=stricken(day))


def stricken(day: date) -> "QuerySet[Organization]":
    """The organizations under a disaster."""
    return Organization.objects.filter(disasters__in=Disaster.objects.in_force(day))


def calls(rows: AssignmentQuerySet) -> list[Call]:
    """Whom to ask for these responses: who has written in them, else the people of the division
    that gathers them or of the window, else the org admins. Five queries, however many rows.
    """
    found = list(rows.values_list("pk", "organization", "division").order_by("pk"))
    keys = [key for key, _, _ in found]
    workers = _workers(keys)
    of_divisions = _members({division for _, _, division in found if division}, by="division")
    organizations = {organization for _, organization, _ in found}
    windows = _members(organizations, by="division__organization", division__is_window=True)
    admins = _members(organizations, by="division__organization", roles__contains=[Role.ORG_ADMIN])
    return [
        Call(key, person, rung)
        for key, organization, division in found
        for rung, people in _first(
            (ReminderRung.WORKERS, workers.get(key)),
            (ReminderRung.WINDOW, of_divisions.get(division) or windows.get(organization)),
            (ReminderRung.ORG_ADMIN, admins.get(organization)),
        )
        for person in sorted(people)
    ]


def _first(
    *rungs: tuple[ReminderRung, Collection[int] | None],
) -> list[tuple[ReminderRung, Collection[int]]]:
    return [(rung, people) for rung, people in rungs if people][:1]


def _workers(keys: Collection[int]) -> Places:
    """Who has written in each response and still has a place in its organization."""
    written = Answer.objects.filter(
        assignment__in=keys,
        updated_by__is_active=True,
        updated_by__memberships__in=Membership.objects.active().at_places_in_force(),
        updated_by__memberships__division__organization=F("assignment__organization"),
    )
    return _gathered(written.values_list("assignment", "updated_by").distinct())


def _members(keys: Collection[int], *, by: str, **only: object) -> Places:
    """Today's people who can sign in, by what ``by`` names."""
    members = Membership.objects.active().at_places_in_force()
    places = members.filter(user__is_active=True, **{f"{by}__in": keys}, **only)
    return _gathered(places.values_list(by, "user").distinct())


def _gathered(pairs: Iterable[tuple[int, int]]) -> Places:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, person in pairs:
        found[key].add(person)
    return found
