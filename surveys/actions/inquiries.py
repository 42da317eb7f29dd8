"""Inquiries (質問): asked by an organization, answered once by the division, shown to all."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.locking import lock_response
from surveys.exchange import InquiryQuerySet
from surveys.models import Assignment, Inquiry
from surveys.people import people_named, writers_of
from surveys.permissions import may_ask, may_run
from surveys.responses import questionnaire_of

ASKED_MAIL = "inquiry_asked"
ANSWERED_MAIL = "inquiry_answered"
CLOSED = "この調査は受付を終了しているため、質問できません。"
NO_QUESTION = "この設問は調査票にありません。画面を開き直してください。"
ANSWERED_ALREADY = "この質問には、すでに回答しています。公開する文は直せます。"
NOT_ANSWERED = "まだ回答していない質問は、公開できません。"


@transaction.atomic
def ask_inquiry(assignment: Assignment, *, by: User, question_id: str, text: str) -> Inquiry:
    """Ask the division about one question, or about the whole (""); its writers are told.

    The same words about the same question twice, while they wait, are one inquiry. Raises
    PermissionDenied for people who don't answer for the organization, Refused when the survey is
    closed or has no such question.
    """
    current = lock_response(assignment, by=by)
    demand(may_ask(by, current))
    survey = current.survey
    if not current.is_awaited:
        raise Refused(CLOSED)
    questions = questionnaire_of(current.revision).section_by_question
    if question_id and question_id not in questions:
        raise Refused(NO_QUESTION)
    said = {"organization": current.organization, "question_id": question_id, "text": text}
    if before := survey.inquiries.waiting().filter(**said).first():
        return before
    inquiry = survey.inquiries.create(asked_by=by, **said)
    record("inquiry.asked", inquiry, by=by, survey=survey.pk, question=question_id)
    enqueue(ASKED_MAIL, subject_id=inquiry.pk, people=writers_of(survey.division))
    return inquiry


@transaction.atomic
def answer_inquiry(inquiry: Inquiry, *, by: User, reply: str, public_text: str = "") -> None:
    """Answer it, once; who asked is told. With ``public_text``, the question in words that name
    nobody, it is shown to all who were asked.

    Raises PermissionDenied for people who don't run the survey, Stale when it was answered.
    """
    current = _held(inquiry, by=by)
    if current.replied_at is not None:
        raise Stale(ANSWERED_ALREADY)
    _rows(current).update(reply=reply, replied_at=Now(), replied_by=by)
    record("inquiry.answered", current, by=by)
    if public_text:
        _publish(current, by=by, text=public_text, reply=reply)
    enqueue(ANSWERED_MAIL, subject_id=current.pk, people=people_named(current.asked_by_id))


@transaction.atomic
def publish_inquiry(inquiry: Inquiry, *, by: User, public_text: str, public_reply: str) -> None:
    """Show question and answer in these words to all who were asked; once more replaces them.

    Raises PermissionDenied for people who don't run the survey, Refused before it is answered.
    """
    current = _held(inquiry, by=by)
    if current.replied_at is None:
        raise Refused(NOT_ANSWERED)
    _publish(current, by=by, text=public_text, reply=public_reply)


@transaction.atomic
def unpublish_inquiry(inquiry: Inquiry, *, by: User) -> None:
    """Show it to nobody but who asked; a second time changes nothing.

    Raises PermissionDenied for people who don't run the survey.
    """
    current = _held(inquiry, by=by)
    if _rows(current).filter(published_at__isnull=False).update(published_at=None):
        record("inquiry.unpublished", current, by=by)


@transaction.atomic
def see_answers(assignment: Assignment) -> None:
    """The answers to the organization's inquiries are no news any more: somebody has them open."""
    own = assignment.survey.inquiries.filter(organization=assignment.organization_id)
    own.with_news().update(seen_at=Now())


def _held(inquiry: Inquiry, *, by: User) -> Inquiry:
    demand(may_run(by, inquiry.survey))
    return Inquiry.objects.select_for_update().get(pk=inquiry.pk)


def _rows(inquiry: Inquiry) -> InquiryQuerySet:
    return Inquiry.objects.filter(pk=inquiry.pk)


def _publish(inquiry: Inquiry, *, by: User, text: str, reply: str) -> None:
    _rows(inquiry).update(public_text=text, public_reply=reply, published_at=Now())
    record("inquiry.published", inquiry, by=by)
