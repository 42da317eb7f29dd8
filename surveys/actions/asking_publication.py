"""Between the writers of a revision and the approver who publishes it."""

from django.db import transaction

from accounts.models import User
from onepublic.audit.models import AuditEvent, events_of, record
from onepublic.core.errors import Refused, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import ensure_in, hold
from surveys.actions.opening import ensure_sound
from surveys.actions.revising import ensure_changed, require_in_hand
from surveys.fingerprint import ensure_unchanged
from surveys.models import QuestionnaireRevision, Survey
from surveys.people import approvers_of, people_named
from surveys.permissions import PUBLICATION_ASKED, has_written, is_drafter
from surveys.revision_effects import effects_of
from surveys.states import SurveyState

PUBLICATION_MAIL = "survey_publication_asked"
ALREADY_ASKED = "この内容の公開は、すでに決裁者に求めています。"
NOBODY = "この改訂に加わっていない決裁者がいないため、公開を求められません。"


@transaction.atomic
def ask_for_publication(survey: Survey, *, by: User, mark: str | None = None) -> None:
    """Tell the approvers who have no hand in it that the revision is ready; they get a mail.

    It may be changed afterwards, and asked for again then. Raises PermissionDenied for anybody
    but the division's drafters, Stale when there is no revision, the survey is not open or the
    page showed something else (``mark``), Refused for a faulty or unchanged questionnaire, when
    the same was asked before, and where nobody could publish it.
    """
    held = hold(survey)
    demand(is_drafter(by, held))
    ensure_in(held, SurveyState.OPEN)
    revision = require_in_hand(held)
    ensure_unchanged(held, mark)
    ensure_sound(revision)
    ensure_changed(effects_of(revision))
    if last_request(revision):
        raise Refused(ALREADY_ASKED)
    approvers = _other_approvers(revision, by=by)
    event = record(PUBLICATION_ASKED, held, by=by, revision=revision.number, edit=revision.edit)
    enqueue(PUBLICATION_MAIL, subject_id=event.pk, people=people_named(*approvers))


def last_request(revision: QuestionnaireRevision) -> AuditEvent | None:
    """The last time that somebody asked for the publication of what the revision says now."""
    asked = events_of(revision.survey).filter(
        action=PUBLICATION_ASKED, detail__revision=revision.number, detail__edit=revision.edit
    )
    return asked.select_related("actor").order_by("pk").last()


def _other_approvers(revision: QuestionnaireRevision, *, by: User) -> list[int]:
    """Their primary keys; raises Refused when there is none."""
    others = approvers_of(revision.survey.division).exclude(pk=by.pk)
    found = [person.pk for person in others if not has_written(person, revision)]
    if not found:
        raise Refused(NOBODY)
    return found
