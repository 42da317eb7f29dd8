from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused, Stale
from onepublic.mail.models import OutboxMessage
from surveys.actions import close_survey
from surveys.actions.inquiries import (
    answer_inquiry,
    ask_inquiry,
    publish_inquiry,
    see_answers,
    unpublish_inquiry,
)
from surveys.models import Assignment, Inquiry
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment, assignment_of, running_survey
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
TEXT = "本村では非常勤が一人です。数えますか。"
PUBLIC = "非常勤職員は数えるか。"
REPLY = "週20時間以上の方だけを数えてください。"


def inquiry_of(asked: Assignment) -> Inquiry:
    writer = person_at(asked.organization)
    return ask_inquiry(asked, by=writer, question_id="staff", text=TEXT)


def mailed(kind: str) -> set[User]:
    rows = OutboxMessage.objects.filter(kind=kind).select_related("person")
    return {message.person for message in rows}


def test_the_division_is_told_and_the_answer_comes_back() -> None:
    asked = assignment()
    drafter = person_at(asked.survey.division, Role.DRAFTER)
    inquiry = inquiry_of(asked)
    answer_inquiry(inquiry, by=drafter, reply=REPLY)

    inquiry.refresh_from_db()
    assert (inquiry.reply, inquiry.replied_by, inquiry.published_at) == (REPLY, drafter, None)
    assert mailed("inquiry_asked") == {drafter, asked.survey.created_by}
    assert mailed("inquiry_answered") == {inquiry.asked_by}


def test_each_step_is_recorded() -> None:
    inquiry = inquiry_of(assignment())
    by = inquiry.survey.created_by
    answer_inquiry(inquiry, by=by, reply=REPLY, public_text=PUBLIC)
    for _ in range(2):
        unpublish_inquiry(inquiry, by=by)

    events = AuditEvent.objects.filter(target_type="surveys.inquiry").order_by("pk")

    assert list(events.values_list("action", flat=True)) == [
        "inquiry.asked",
        "inquiry.answered",
        "inquiry.published",
        "inquiry.unpublished",
    ]


def test_published_it_is_shown_to_all_in_other_words() -> None:
    town, other = OrganizationFactory.create_batch(2)
    survey = running_survey(town, other)
    inquiry = inquiry_of(assignment_of(survey, town))
    reader = person_at(other)
    before = list(Inquiry.objects.shown_to(reader))
    answer_inquiry(inquiry, by=survey.created_by, reply=REPLY, public_text=PUBLIC)

    (shown,) = Inquiry.objects.shown_to(reader)

    assert before == []
    assert (shown.public_text, shown.public_reply) == (PUBLIC, REPLY)


def test_words_are_mended_and_taken_back() -> None:
    town, other = OrganizationFactory.create_batch(2)
    survey = running_survey(town, other)
    inquiry = inquiry_of(assignment_of(survey, town))
    by = survey.created_by
    answer_inquiry(inquiry, by=by, reply=REPLY, public_text=PUBLIC)
    publish_inquiry(inquiry, by=by, public_text="常勤だけか。", public_reply="はい。")

    inquiry.refresh_from_db()
    unpublish_inquiry(inquiry, by=by)

    assert (inquiry.public_text, inquiry.public_reply) == ("常勤だけか。", "はい。")
    assert (inquiry.text, inquiry.reply) == (TEXT, REPLY)
    assert list(Inquiry.objects.shown_to(person_at(other))) == []
    assert list(Inquiry.objects.shown_to(inquiry.asked_by)) == [inquiry]


def test_it_is_answered_once() -> None:
    inquiry = inquiry_of(assignment())
    by = inquiry.survey.created_by
    with pytest.raises(Refused, match="まだ回答していない"):
        publish_inquiry(inquiry, by=by, public_text=PUBLIC, public_reply=REPLY)
    answer_inquiry(inquiry, by=by, reply=REPLY)

    with pytest.raises(Stale, match="すでに回答しています"):
        answer_inquiry(inquiry, by=by, reply="別の回答")

    inquiry.refresh_from_db()
    assert inquiry.reply == REPLY


def test_the_same_words_twice_are_one_inquiry() -> None:
    asked = assignment()

    assert inquiry_of(asked) == inquiry_of(asked)
    assert AuditEvent.objects.filter(action="inquiry.asked").count() == 1


def test_it_is_about_a_question_that_there_is() -> None:
    asked = assignment()
    writer = person_at(asked.organization)

    with pytest.raises(Refused, match="調査票にありません"):
        ask_inquiry(asked, by=writer, question_id="unknown", text=TEXT)
    whole = ask_inquiry(asked, by=writer, question_id="", text=TEXT)

    assert whole.question_id == ""


def test_a_closed_survey_is_asked_no_more_and_still_answers() -> None:
    asked = assignment()
    inquiry = inquiry_of(asked)
    close_survey(asked.survey, by=asked.survey.created_by)

    with pytest.raises(Refused, match="受付を終了"):
        ask_inquiry(asked, by=inquiry.asked_by, question_id="", text="別の質問")
    answer_inquiry(inquiry, by=asked.survey.created_by, reply=REPLY)

    assert Inquiry.objects.waiting().count() == 0


def test_an_answer_is_news_until_somebody_there_opens_it() -> None:
    asked = assignment()
    inquiry = inquiry_of(asked)
    see_answers(asked)
    answer_inquiry(inquiry, by=asked.survey.created_by, reply=REPLY)
    own = Inquiry.objects.of_organizations_of(inquiry.asked_by)
    before = own.with_news().count()

    see_answers(asked)

    assert (before, own.with_news().count()) == (1, 0)


def test_what_waits_is_found_by_those_who_answer() -> None:
    inquiry = inquiry_of(assignment())
    division = inquiry.survey.division
    people = [
        inquiry.survey.created_by,
        person_at(division, Role.VIEWER),
        person_at(DivisionFactory.create()),
        inquiry.asked_by,
    ]

    found = [list(Inquiry.objects.to_be_answered_by(person)) for person in people]

    assert found == [[inquiry], [], [], []]


ANSWERING: dict[str, Callable[[Inquiry, User], object]] = {
    "answer": lambda inquiry, by: answer_inquiry(inquiry, by=by, reply=REPLY),
    "publish": lambda inquiry, by: publish_inquiry(
        inquiry, by=by, public_text=PUBLIC, public_reply=REPLY
    ),
    "unpublish": lambda inquiry, by: unpublish_inquiry(inquiry, by=by),
}


@pytest.mark.parametrize("verb", ANSWERING.values(), ids=ANSWERING)
def test_only_those_who_run_the_survey_answer(verb: Callable[[Inquiry, User], object]) -> None:
    inquiry = inquiry_of(assignment())
    strangers = [
        inquiry.asked_by,
        person_at(inquiry.survey.division, Role.VIEWER),
        person_at(DivisionFactory.create()),
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            verb(inquiry, stranger)


def test_only_writers_of_the_asked_ask() -> None:
    asked = assignment()
    strangers = [
        person_at(asked.organization, Role.VIEWER),
        person_at(OrganizationFactory.create()),
        asked.survey.created_by,
    ]

    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            ask_inquiry(asked, by=stranger, question_id="", text=TEXT)


def _answered_twice_at_once() -> list[object]:
    inquiry = inquiry_of(assignment())
    by = inquiry.survey.created_by
    return at_once(
        [
            lambda: answer_inquiry(inquiry, by=by, reply="はい。"),
            lambda: answer_inquiry(inquiry, by=by, reply="いいえ。"),
        ],
        before='UPDATE "surveys_inquiry"',
    )


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one() -> None:
    results = _answered_twice_at_once()

    assert sorted(isinstance(result, Stale) for result in results) == [False, True]
    assert AuditEvent.objects.filter(action="inquiry.answered").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_answer_would_replace_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_locks(monkeypatch)

    results = _answered_twice_at_once()

    assert results == [None, None]
    assert AuditEvent.objects.filter(action="inquiry.answered").count() == 2
