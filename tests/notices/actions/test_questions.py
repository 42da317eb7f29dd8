from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Organization, User
from accounts.states import Role
from notices.actions import questions
from notices.actions.questions import (
    answer,
    ask,
    follow_up,
    publish_answer,
    read_answer,
    unpublish_answer,
)
from notices.models import Message, Notice, Question
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import asked_question, drafter_of, published, taken_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def officer(town: Organization) -> User:
    return person_at(town)


@pytest.fixture
def notice(town: Organization) -> Notice:
    return published(to=[town])


@pytest.fixture
def question(notice: Notice, officer: User) -> Question:
    return asked_question(notice, by=officer)


def reply(question: Question, text: str = "不要です。", **more: str) -> User:
    drafter = drafter_of(question.notice.division)
    answer(question, by=drafter, text=text, key=uuid4(), **more)
    question.refresh_from_db()
    return drafter


def told(kind: str) -> set[int]:
    return set(OutboxMessage.objects.filter(kind=kind).values_list("person", flat=True))


def state_of(question: Question) -> tuple[bool, bool]:
    question.refresh_from_db()
    return question.is_waiting, question.has_news


def test_a_question_waits_and_the_drafters_of_the_issuer_are_told(
    notice: Notice, officer: User
) -> None:
    drafter = drafter_of(notice.division)
    drafter_of(DivisionFactory.create())

    question = ask(notice, by=officer, text="押印は必要ですか。", key=uuid4())

    assert state_of(question) == (True, False)
    assert question.organization == officer.organization
    assert told("question_asked") == {drafter.pk, notice.created_by_id}
    assert [event.action for event in events_of(question)] == ["question.asked"]


def test_the_same_form_twice_asks_once(notice: Notice, officer: User) -> None:
    key = uuid4()

    first, second = (ask(notice, by=officer, text="質問", key=key) for _ in range(2))

    assert first == second
    assert Message.objects.count() == 1


def test_a_key_of_somebody_else_says_nothing(notice: Notice, officer: User) -> None:
    key = uuid4()
    ask(notice, by=officer, text="質問", key=key)
    assert officer.organization

    with pytest.raises(PermissionDenied):
        ask(notice, by=person_at(officer.organization), text="別の質問", key=key)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR])
def test_who_may_not_confirm_receipt_may_not_ask(
    notice: Notice, town: Organization, role: Role
) -> None:
    with pytest.raises(PermissionDenied):
        ask(notice, by=person_at(town, role), text="質問", key=uuid4())


def test_a_town_that_did_not_get_it_may_not_ask(notice: Notice) -> None:
    with pytest.raises(PermissionDenied):
        ask(notice, by=person_at(OrganizationFactory.create()), text="質問", key=uuid4())


def test_an_answer_is_news_for_the_division_that_asked(question: Question, officer: User) -> None:
    colleague = person_at(question.division, Role.VIEWER)

    reply(question)

    assert state_of(question) == (False, True)
    assert told("question_answered") == {officer.pk, colleague.pk}
    assert question.published_at is None


def test_the_same_answer_twice_is_said_once(question: Question) -> None:
    drafter, key = drafter_of(question.notice.division), UUID(int=7)

    for _ in range(2):
        answer(question, by=drafter, text="不要です。", key=key)

    assert question.messages.filter(is_answer=True).count() == 1


def test_others_than_the_issuers_drafters_do_not_answer(question: Question) -> None:
    approver = person_at(question.notice.division, Role.APPROVER)
    for person in (approver, drafter_of(DivisionFactory.create())):
        with pytest.raises(PermissionDenied):
            answer(question, by=person, text="不要です。", key=uuid4())


def test_news_end_when_somebody_who_may_ask_reads(question: Question, town: Organization) -> None:
    drafter = reply(question)

    for person in (drafter, person_at(town, Role.VIEWER)):
        read_answer(question, by=person)
        assert state_of(question) == (False, True)

    read_answer(question, by=person_at(town, Role.ORG_ADMIN))
    assert state_of(question) == (False, False)


def test_a_further_question_waits_again(question: Question, officer: User) -> None:
    reply(question)

    follow_up(question, by=officer, text="電子申請でも同じですか。", key=uuid4())

    assert state_of(question) == (True, False)
    assert [m.is_answer for m in question.messages.all()] == [False, True, False]


def test_another_town_does_not_ask_on(question: Question) -> None:
    with pytest.raises(PermissionDenied):
        follow_up(question, by=person_at(OrganizationFactory.create()), text="?", key=uuid4())


def test_a_thread_has_an_end(
    question: Question, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "MOST_MESSAGES", 1)

    with pytest.raises(Refused, match="新しい質問"):
        follow_up(question, by=officer, text="続き", key=uuid4())


def test_an_answer_may_be_published_with_another_wording(question: Question) -> None:
    drafter = reply(question, public_question="押印は必要か。")

    assert (question.public_question, question.public_answer) == ("押印は必要か。", "不要です。")
    assert question.published_by == drafter


def test_publication_may_come_later_be_reworded_and_taken_back(question: Question) -> None:
    drafter = reply(question)

    publish_answer(question, by=drafter, public_question="一", public_answer="二")
    publish_answer(question, by=drafter, public_question="三", public_answer="四")
    question.refresh_from_db()
    assert (question.public_question, question.public_answer) == ("三", "四")

    for _ in range(2):
        unpublish_answer(question, by=drafter)
    question.refresh_from_db()
    assert question.published_at is None
    actions = [event.action for event in events_of(question)]
    assert actions.count("question.published") == 2
    assert actions.count("question.unpublished") == 1


def test_what_is_not_answered_is_not_published(question: Question) -> None:
    drafter = drafter_of(question.notice.division)

    with pytest.raises(Refused, match="まだ回答していない"):
        publish_answer(question, by=drafter, public_question="一", public_answer="二")


def test_a_withdrawn_notice_takes_no_questions(notice: Notice, officer: User) -> None:
    taken_back(notice)

    with pytest.raises(Stale, match="取り下げ"):
        ask(notice, by=officer, text="質問", key=uuid4())


def test_a_withdrawn_notice_hides_its_questions(question: Question, officer: User) -> None:
    drafter = reply(question, public_question="押印は必要か。")
    seen = [Question.objects.visible_to(p) for p in (officer, drafter)]
    public = Question.objects.published_to(officer)
    assert [rows.count() for rows in (*seen, public)] == [1, 1, 1]

    taken_back(question.notice)

    assert [rows.all().count() for rows in (*seen, public)] == [0, 0, 0]
