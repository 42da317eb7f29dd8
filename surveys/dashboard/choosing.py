"""What a list of the organizations asked is narrowed to: the address holds it."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce, Greatest
from django.http import QueryDict

from accounts.states import Kind
from onepublic.core.text import words_of
from surveys.querysets import AssignmentQuerySet
from surveys.standings import Standing

_NEVER = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())
OVERDUE = "1"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Blank: everything. ``overdue`` is OVERDUE or blank."""

    state: str = ""
    prefecture: str = ""
    kind: str = ""
    overdue: str = ""

    @property
    def is_everything(self) -> bool:
        return not any(asdict(self).values())


def chosen(query: QueryDict) -> Chosen:
    """As the address says it; a word that is no state's or kind's is left out."""
    return Chosen(
        state=_one_of(Standing.values, query.get("state", "")),
        prefecture=words_of(query.get("prefecture", "")),
        kind=_one_of(Kind.values, query.get("kind", "")),
        overdue=_one_of([OVERDUE], query.get("overdue", "")),
    )


def narrowed(rows: AssignmentQuerySet, to: Chosen) -> AssignmentQuerySet:
    """The rows that count and that were chosen."""
    rows = rows.counted().in_prefecture(to.prefecture)
    for standing in (to.state, to.overdue and Standing.OVERDUE):
        rows = rows.standing(standing) if standing else rows
    return rows.filter(organization__kind=to.kind) if to.kind else rows


def with_activity(rows: AssignmentQuerySet) -> AssignmentQuerySet:
    """With ``due``, ``moved_at`` (when anything was last done there, None for nothing yet) and
    ``active_at``, the same with the beginning of time for None, by which they can be sorted.
    """
    moved = Greatest("last_answer_at", "requested_at", "submitted_at")
    return rows.with_due().annotate(moved_at=moved, active_at=Coalesce(moved, _NEVER))


def _one_of(known: list[str], word: str) -> str:
    return word if word in known else ""
