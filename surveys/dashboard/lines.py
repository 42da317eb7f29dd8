"""The organizations asked, one line each: how it stands, and which division to turn to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Division
from surveys.dashboard.choosing import with_activity
from surveys.models import Assignment
from surveys.querysets import AssignmentQuerySet
from surveys.states import AssignmentState


@dataclass(frozen=True, slots=True)
class Line:
    """One organization: its assignment, and the division to turn to, None where there is none;
    ``moved_at`` is when anything was last done there.
    """

    assignment: Assignment
    contact: Division | None
    moved_at: datetime | None
    is_overdue: bool
    tone: str


def listed(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """With all that a line shows."""
    related = rows.select_related("organization", "survey", "division__parent")
    return with_activity(related)


def lines_of(assignments: Iterable[Assignment]) -> list[Line]:
    """One for each; the windows, to which one turns where no division gathers, by one query."""
    rows = list(assignments)
    places = [one.organization_id for one in rows if one.division_id is None]
    windows = Division.objects.filter(organization__in=places, is_window=True)
    by_place = {each.organization_id: each for each in windows.select_related("parent")}
    return [_line(one, one.division or by_place.get(one.organization_id)) for one in rows]


def _line(assignment: Assignment, contact: Division | None) -> Line:
    moved_at: datetime | None = getattr(assignment, "moved_at")  # noqa: B009 - of with_activity
    return Line(assignment, contact, moved_at, assignment.is_overdue, _tone(assignment))


def _tone(assignment: Assignment) -> str:
    if assignment.is_handed_in:
        return "success"
    waits = assignment.state in {AssignmentState.DRAFTING, AssignmentState.AWAITING_APPROVAL}
    return "info" if waits else "warning"
