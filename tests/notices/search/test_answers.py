"""What was answered for all is found with its notice."""

import pytest
from django.test import Client

from accounts.models import Organization, User
from notices.actions.questions import publish_answer, unpublish_answer
from notices.actions.withdrawing import withdraw
from notices.models import Question, UnmatchedNotice
from notices.search.facets import Chosen
from notices.search.finding import find
from onepublic.core.fulltext.query import parse
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import answered_question, approver_of, drafter_of, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(town: Organization) -> User:
    return person_at(town)


@pytest.fixture
def question(town: Organization, officer: User) -> Question:
    """様式への押印は必要か。— 押印は不要です。"""
    notice = published(to=[town])
    UnmatchedNotice.objects.all().delete()
    return answered_question(notice, by=officer, answered_by=drafter_of(notice.division))


def found(user: User, typed: str) -> list[int]:
    return list(find(user, parse(typed), Chosen()).notices)


@pytest.mark.parametrize("typed", ["様式への押印", "押印は不要", "押印"])
def test_a_notice_is_found_by_question_and_answer(
    typed: str, question: Question, officer: User
) -> None:
    assert found(officer, typed) == [question.notice_id]


def test_who_does_not_see_the_notice_finds_nothing(question: Question) -> None:
    stranger = person_at(OrganizationFactory.create())

    assert found(stranger, "押印は不要") == []


def test_what_was_said_between_two_is_not_found(question: Question, officer: User) -> None:
    """The asker's own words are 「様式に押印は必要ですか。」"""
    assert found(officer, "様式に押印") == []


def test_new_words_replace_the_old_and_taking_back_removes_them(
    question: Question, officer: User
) -> None:
    drafter = drafter_of(question.notice.division)
    publish_answer(question, by=drafter, public_question="捺印の要否", public_answer="不要")
    reworded = found(officer, "捺印"), found(officer, "押印は不要")
    unpublish_answer(question, by=drafter)

    assert reworded == ([question.notice_id], [])
    assert found(officer, "捺印") == []


def test_with_a_withdrawn_notice_its_answers_are_gone(question: Question, officer: User) -> None:
    withdraw(question.notice, by=approver_of(question.notice.division), reason="誤り")

    assert found(officer, "押印") == []


def test_an_answer_is_no_new_notice_to_saved_searches(question: Question) -> None:
    assert not UnmatchedNotice.objects.exists()


def test_the_page_shows_the_answer_and_leads_to_it(
    client: Client, question: Question, officer: User
) -> None:
    client.force_login(officer)

    page = client.get("/notices/search/?q=押印は不要").content.decode()
    notice = client.get(f"/notices/{question.notice_id}/").content.decode()

    assert f'href="/notices/{question.notice_id}/#question-{question.pk}"' in page
    assert "公開された質問と回答：様式への押印は必要か。 <mark>押印は不要</mark>です。" in page
    assert f'id="question-{question.pk}"' in notice
