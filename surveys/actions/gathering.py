"""Which division of the organization gathers the response: :mod:`.parts` for the whole of it.

The window has every response at first, and again when a division gives it back.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Division, Membership, User
from onepublic.audit.models import AuditEvent, events_of, record
from onepublic.core.errors import Refused, Stale, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.locking import lock_answerable
from surveys.models import Assignment
from surveys.permissions import WRITERS, may_gather, may_name_gatherer

GATHERING_MAIL = "survey_gathering"
HANDED = "assignment.handed"
RETURNED = "assignment.handed_back"
TAKEN_BACK = "assignment.taken_back"
CHANGED = "この調査の取りまとめの課室が変わっています。画面を開き直してください。"
ELSEWHERE = "貴機関の、窓口以外の課室を選んでください。"


@transaction.atomic
def hand_response(
    assignment: Assignment, *, to: Division, note: str, by: User, held_by: int | None = None
) -> None:
    """Let another division of the organization gather the response; its writers get a mail.

    ``held_by`` is the division (primary key, None for the window) that the page showed. Sections
    that the division had are its own from then on. Raises PermissionDenied for people of neither
    the window nor the division that gathers, Stale when another one does by now, Refused for a
    division of elsewhere or the window, and while nothing may be written.
    """
    current = lock_answerable(assignment, by=by)
    demand(may_name_gatherer(by, current))
    _expect(current, held_by)
    if to.organization_id != current.organization_id or to.is_window:
        raise Refused(ELSEWHERE)
    if to.pk == held_by:
        raise Stale(CHANGED)
    Assignment.objects.filter(pk=current.pk).update(division=to)
    current.section_works.filter(division=to).update(division=None)
    event = record(HANDED, current, by=by, division=to.pk, note=note)
    _tell(event, Q(division=to), by=by)


@transaction.atomic
def give_response_back(assignment: Assignment, *, note: str, by: User, held_by: int | None) -> None:
    """Return the response to the window: by the division that gathers it, or taken back by the
    window; the other side gets a mail.

    Raises PermissionDenied for others, Stale when another division gathers it by now.
    """
    current = lock_answerable(assignment, by=by)
    demand(may_name_gatherer(by, current))
    _expect(current, held_by)
    if held_by is None:
        raise Stale(CHANGED)
    gathers = may_gather(by, current)
    Assignment.objects.filter(pk=current.pk).update(division=None)
    verb = RETURNED if gathers else TAKEN_BACK
    event = record(verb, current, by=by, division=held_by, note=note)
    window = Q(division__is_window=True, division__organization=current.organization_id)
    _tell(event, window if gathers else Q(division=held_by), by=by)


def last_handing(assignment: Assignment) -> AuditEvent | None:
    """The last time that the response changed hands, with its note."""
    events = events_of(assignment).filter(action__in=[HANDED, RETURNED, TAKEN_BACK])
    return events.select_related("actor").order_by("pk").last()


def _expect(assignment: Assignment, held_by: int | None) -> None:
    if assignment.division_id != held_by:
        raise Stale(CHANGED)


def _tell(event: AuditEvent, place: Q, *, by: User) -> None:
    writers = Membership.objects.active().filter(place, roles__overlap=list(WRITERS))
    people: QuerySet[User] = User.objects.among(writers).exclude(pk=by.pk)
    enqueue(GATHERING_MAIL, subject_id=event.pk, people=people, is_first=True)
