"""The next revision of a survey's questionnaire: begun, discarded, published.

What publishing does to answers is told in docs/adr/0010.
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import ensure_in, hold, hold_with_responses
from surveys.actions.opening import ensure_images_scanned, ensure_sound
from surveys.actions.returning import return_touched
from surveys.asking import index_questions
from surveys.fingerprint import ensure_unchanged
from surveys.models import Answer, QuestionnaireRevision, Survey
from surveys.people import people_asked
from surveys.permissions import REVISION_BEGUN, has_written, is_approver, is_drafter
from surveys.revision_effects import Effects, effects_of, revision_in_hand
from surveys.states import Origin, SurveyState

REVISED = "survey_revised"
ONE_AT_A_TIME = "改訂中の調査票がすでにあります。"
NONE_IN_HAND = "改訂中の調査票がありません。"
NO_REASON = "改訂の理由を入力してください。"
NO_CHANGE = "公開中の調査票から変更した点がありません。"
NOT_CONFIRMED = "回答に影響する変更があります。影響を確かめたことにチェックを入れてください。"
IN_THE_PAST = "再提出の期限は、今日以後の日にしてください。"


@transaction.atomic
def begin_revision(survey: Survey, *, by: User, reason: str) -> QuestionnaireRevision:
    """A copy of the questions that are answered now, to be changed in the builder.

    Raises PermissionDenied for anybody but the division's drafters, Stale unless the survey is
    open, Refused without a reason or while another one is in hand.
    """
    held = hold(survey)
    demand(is_drafter(by, held))
    ensure_in(held, SurveyState.OPEN)
    if revision_in_hand(held):
        raise Refused(ONE_AT_A_TIME)
    if not reason.strip():
        raise Refused(NO_REASON)
    latest = held.revisions.latest("number")
    revision = held.revisions.create(
        number=latest.number + 1, document=latest.document, reason=reason
    )
    record(REVISION_BEGUN, held, by=by, revision=revision.number)
    return revision


@transaction.atomic
def discard_revision(survey: Survey, *, by: User) -> None:
    """Give up the revision in hand; the published one stays.

    Raises PermissionDenied for anybody but the division's drafters, Stale when there is none.
    """
    held = hold(survey)
    demand(is_drafter(by, held))
    revision = require_in_hand(held)
    revision.delete()
    record("survey.revision_discarded", held, by=by, revision=revision.number)


@transaction.atomic
def publish_revision(
    survey: Survey,
    *,
    by: User,
    mark: str | None = None,
    confirmed: bool = False,
    until: date | None = None,
) -> Effects:
    """Ask all organizations the revision in hand from now on; return what it changed.

    Answers stay where they are, under the ids of their fields. Responses that a harmful change
    touches go back, to be handed in again by ``until``, with a remark for each change, and their
    organizations are told by mail; all others, also submitted ones, only change the revision.

    Raises PermissionDenied for anybody but an approver who has not written it, Stale when it
    changed since the page was shown (``mark``) or the survey is not open, Refused for a faulty
    or unchanged questionnaire, harmful changes that were not ``confirmed``, or a day in the past.
    """
    held = hold_with_responses(survey)
    demand(is_approver(by, held))
    ensure_in(held, SurveyState.OPEN)
    revision = require_in_hand(held)
    demand(not has_written(by, revision))
    ensure_unchanged(held, mark)
    ensure_sound(revision)
    ensure_images_scanned(held, revision)
    effects = effects_of(revision)
    _ensure_decided(effects, confirmed=confirmed, until=until)
    _put_in_force(held, revision, effects)
    returned = return_touched(held, effects, by=by, until=until, reason=revision.reason)
    _tell(held, revision, effects, by=by, returned=returned)
    return effects


def _tell(
    survey: Survey, revision: QuestionnaireRevision, effects: Effects, *, by: User, returned: int
) -> None:
    """Record it, and write to those whose answers it touches."""
    event = record(
        "survey.revised",
        survey,
        by=by,
        revision=revision.number,
        reason=revision.reason,
        harmful=len(effects.harmful),
        touched=len(effects.touched),
        returned=returned,
    )
    touched = survey.assignments.counted().filter(pk__in=effects.touched)
    enqueue(REVISED, subject_id=event.pk, people=people_asked(touched), at_once=True)


def require_in_hand(survey: Survey) -> QuestionnaireRevision:
    """The next revision; raises Stale when there is none."""
    revision = revision_in_hand(survey)
    if revision is None:
        raise Stale(NONE_IN_HAND)
    revision.survey = survey
    return revision


def ensure_changed(effects: Effects) -> None:
    """Raises Refused for a revision that is the same as what is answered now."""
    if not effects.harmless and not effects.harmful:
        raise Refused(NO_CHANGE)


def _ensure_decided(effects: Effects, *, confirmed: bool, until: date | None) -> None:
    ensure_changed(effects)
    if effects.harmful and not confirmed:
        raise Refused(NOT_CONFIRMED)
    if until and until < timezone.localdate():
        raise Refused(IN_THE_PAST)


def _put_in_force(survey: Survey, revision: QuestionnaireRevision, effects: Effects) -> None:
    """Calculated numbers whose formula changed are dropped: they are worked out anew."""
    QuestionnaireRevision.objects.filter(pk=revision.pk).update(published_at=Now())
    survey.assignments.update(revision=revision)
    fields = [key for effect in effects.harmful for key in effect.change.fields]
    _calculated(survey).filter(field__in=fields).delete()
    index_questions(survey)


def _calculated(survey: Survey) -> "QuerySet[Answer]":
    return Answer.objects.filter(assignment__survey=survey, origin=Origin.CALCULATED)
