"""Asking more organizations while a survey is open; nobody who was asked is ever left out again."""

from dataclasses import replace

from django.db import transaction
from django.db.models import F, QuerySet, Value

from accounts.audience import AudienceRule
from accounts.models import Organization, User
from onepublic.audit.models import record
from onepublic.core.clock import database_time
from onepublic.core.errors import Refused, demand
from onepublic.core.sql import insert_select
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import ensure_in, hold
from surveys.fingerprint import ensure_frame_unchanged
from surveys.models import Assignment, Survey
from surveys.people import not_asked, windows_of
from surveys.permissions import is_approver
from surveys.states import SurveyState

WIDENED = "survey_widened"
NOBODY_NEW = "選んだ条件に当てはまる機関には、すでに回答を依頼しています。"
TOO_LATE = "回答の期限を過ぎているため、依頼先を追加できません。"


@transaction.atomic
def widen_audience(survey: Survey, *, by: User, rule: AudienceRule, mark: str | None = None) -> int:
    """Ask also whom the rule selects today and nobody has asked yet; return how many.

    They get the questionnaire that is answered now, and its deadline; their windows are told by
    mail where the survey tells of its opening. Raises PermissionDenied for anybody but the
    division's approvers, Stale unless the survey is open or when the page showed another frame
    (``mark``), Refused when there is nobody new, or when they could not answer in time.
    """
    held = hold(survey)
    demand(is_approver(by, held))
    ensure_in(held, SurveyState.OPEN)
    ensure_frame_unchanged(held, mark)
    if not held.accepts_late and database_time() >= held.deadline:
        raise Refused(TOO_LATE)
    new = not_asked(held, Organization.objects.matching(rule))
    codes = sorted(new.values_list("code", flat=True))
    if not codes:
        raise Refused(NOBODY_NEW)
    _ask(held, codes, by=by)
    return len(codes)


def _ask(survey: Survey, codes: list[str], *, by: User) -> None:
    """The rule keeps them too: it is copied for the next round."""
    chosen = Organization.objects.filter(code__in=codes)
    revision = survey.revisions.filter(published_at__isnull=False).latest("number")
    asked = {"survey": Value(survey.pk), "organization": F("pk"), "revision": Value(revision.pk)}
    insert_select(Assignment, chosen, asked, unless_there=True)
    survey.stored_audience = _widened(survey.audience, codes).to_json()
    survey.save(update_fields=["stored_audience"])
    event = record("survey.widened", survey, by=by, asked=len(codes), organizations=codes)
    if survey.notify_by_mail:
        _tell(event.pk, chosen)


def _widened(rule: AudienceRule, codes: list[str]) -> AudienceRule:
    excluded = [code for code in rule.excluded_codes if code not in codes]
    named = [*rule.codes, *codes]
    return replace(rule, codes=list(dict.fromkeys(named)), excluded_codes=excluded)


def _tell(event_id: int, organizations: "QuerySet[Organization]") -> None:
    enqueue(WIDENED, subject_id=event_id, people=windows_of(organizations), is_first=True)
