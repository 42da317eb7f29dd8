"""Questions on a notice: asked by an addressee, answered by the issuer, published for all."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Membership, User
from accounts.states import Role
from notices.actions.locking import locked
from notices.models import Message, Notice, Question
from notices.relaying import asking_division, may_answer, may_follow_up
from notices.search.indexing import index_notice
from notices.states import NoticeState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand
from onepublic.mail.outbox import enqueue

ASKED_MAIL = "question_asked"
ANSWERED_MAIL = "question_answered"
MOST_MESSAGES = 40
TAKEN_BACK = "この通知は取り下げられたため、質問と回答を扱えません。"
THREAD_FULL = (
    f"一つの質問でのやり取りは{MOST_MESSAGES}回までです。"
    "通知のページから、新しい質問をしてください。"
)
NOT_ANSWERED = "まだ回答していない質問は、公開できません。"


@transaction.atomic
def ask(notice: Notice, *, by: User, text: str, key: UUID) -> Question:
    """A new question of the person's organization; the same ``key`` (from the form) twice gives
    one. The drafters of the issuing division are told.

    Raises PermissionDenied for people who may not confirm receipt of the notice, Stale when it
    was withdrawn.
    """
    current = _standing(notice)
    division = asking_division(by, current)
    if division is None:
        raise PermissionDenied
    if said := _said_before(key, by):
        return said.question
    question = Question.objects.create(
        notice=current, organization=division.organization, division=division
    )
    _say(question, by=by, text=text, key=key, is_answer=False)
    return question


@transaction.atomic
def follow_up(question: Question, *, by: User, text: str, key: UUID) -> Question:
    """A further question in the thread, which then waits again.

    Raises PermissionDenied for others than the asking organization's people, Stale when the
    notice was withdrawn, Refused above MOST_MESSAGES.
    """
    current = _held(question)
    demand(may_follow_up(by, current))
    if not _said_before(key, by):
        _say(current, by=by, text=text, key=key, is_answer=False)
    return current


@transaction.atomic
def answer(
    question: Question, *, by: User, text: str, key: UUID, public_question: str = ""
) -> Question:
    """Answer the thread; the asking division is told. With ``public_question`` the answer is
    published with that wording for all who may see the notice.

    Raises PermissionDenied for others than drafters of the issuing division, Stale when the
    notice was withdrawn, Refused above MOST_MESSAGES.
    """
    current = _held(question)
    demand(may_answer(by, current.notice))
    if not _said_before(key, by):
        _say(current, by=by, text=text, key=key, is_answer=True)
        if public_question:
            _publish(current, by=by, question=public_question, answer=text)
    return current


@transaction.atomic
def publish_answer(
    question: Question, *, by: User, public_question: str, public_answer: str
) -> None:
    """Show question and answer, in these words, to all who may see the notice; once more replaces
    the words.

    Raises PermissionDenied for others than drafters of the issuing division, Stale when the
    notice was withdrawn, Refused before there is an answer.
    """
    current = _held(question)
    demand(may_answer(by, current.notice))
    if not current.messages.filter(is_answer=True).exists():
        raise Refused(NOT_ANSWERED)
    _publish(current, by=by, question=public_question, answer=public_answer)


@transaction.atomic
def unpublish_answer(question: Question, *, by: User) -> None:
    """Take what was published back to those who asked; a second time changes nothing.

    Raises PermissionDenied for others than drafters of the issuing division.
    """
    current = _held(question)
    demand(may_answer(by, current.notice))
    if current.published_at is None:
        return
    current.published_at = current.published_by = None
    current.save(update_fields=["published_at", "published_by"])
    index_notice(current.notice, is_news=False)
    record("question.unpublished", current, by=by)


@transaction.atomic
def read_answer(question: Question, *, by: User) -> None:
    """The answer is no news any more once somebody who may ask has it before them."""
    if question.has_news and may_follow_up(by, question):
        Question.objects.filter(pk=question.pk).update(has_news=False)


def _standing(notice: Notice) -> Notice:
    current = locked(notice)
    if current.state == NoticeState.WITHDRAWN:
        raise Stale(TAKEN_BACK)
    return current


def _held(question: Question) -> Question:
    """The thread as it is now, held until the transaction ends; its notice too, in that order."""
    notice = _standing(question.notice)
    current = Question.objects.select_for_update().get(pk=question.pk)
    current.notice = notice
    return current


def _said_before(key: UUID, by: User) -> Message | None:
    """What the same form has said already; somebody else's key is none of the person's."""
    said = Message.objects.filter(key=key).select_related("question").first()
    demand(said is None or said.said_by_id == by.pk)
    return said


def _say(question: Question, *, by: User, text: str, key: UUID, is_answer: bool) -> None:
    if question.messages.count() >= MOST_MESSAGES:
        raise Refused(THREAD_FULL)
    message = question.messages.create(is_answer=is_answer, text=text, said_by=by, key=key)
    question.is_waiting, question.has_news = not is_answer, is_answer
    question.save(update_fields=["is_waiting", "has_news"])
    record("question.answered" if is_answer else "question.asked", question, by=by)
    kind = ANSWERED_MAIL if is_answer else ASKED_MAIL
    enqueue(kind, subject_id=message.pk, people=_to_tell(question, is_answer=is_answer))


def _to_tell(question: Question, *, is_answer: bool) -> "QuerySet[User]":
    """The asker's division of an answer, the drafters of the issuing one of a question."""
    places = Membership.objects.active()
    if is_answer:
        places = places.filter(division=question.division_id)
    else:
        places = places.filter(division=question.notice.division_id, roles__contains=[Role.DRAFTER])
    people: QuerySet[User] = User.objects.among(places)
    return people


def _publish(current: Question, *, by: User, question: str, answer: str) -> None:
    current.public_question, current.public_answer = question, answer
    current.published_at, current.published_by = timezone.now(), by
    current.save(update_fields=["public_question", "public_answer", "published_at", "published_by"])
    index_notice(current.notice, is_news=False)
    record("question.published", current, by=by)
