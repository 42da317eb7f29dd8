from datetime import date

import pytest

from accounts.states import Role
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import render
from surveys.actions import (
    ask_extension,
    decide_extensions,
    request_approval,
    return_inside,
    submit,
    withdraw_approval_request,
)
from surveys.actions.inquiries import answer_inquiry, ask_inquiry
from surveys.models import Assignment
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import COMPLETE, answer, assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked() -> Assignment:
    city = OrganizationFactory.create(answers_need_approval=True)
    found = assignment(organization=city)
    answer(found, person_at(city, Role.DRAFTER), **COMPLETE)
    return found


def letters(kind: str) -> list[str]:
    """What would be sent of the kind, as text."""
    waiting = list(OutboxMessage.objects.filter(kind=kind).select_related("person"))
    return [letter.text for letter in render(waiting).letters.values()]


def test_an_approver_is_led_to_the_page(asked: Assignment) -> None:
    approver = person_at(asked.organization, Role.APPROVER)
    request_approval(asked, by=person_at(asked.organization, Role.DRAFTER))

    (text,) = letters("response_approval_asked")

    assert text.startswith(f"{approver.name} 様\n\n次の調査の回答が、決裁を待っています。")
    assert f"/surveys/assignments/{asked.pk}/review/" in text
    assert "職員数" not in text


def test_what_was_withdrawn_is_not_sent(asked: Assignment) -> None:
    person_at(asked.organization, Role.APPROVER)
    drafter = person_at(asked.organization, Role.DRAFTER)
    request_approval(asked, by=drafter)
    withdraw_approval_request(asked, by=drafter)

    assert letters("response_approval_asked") == []


def test_the_drafter_is_told_of_a_return_without_its_words(asked: Assignment) -> None:
    approver = person_at(asked.organization, Role.APPROVER)
    drafter = person_at(asked.organization, Role.DRAFTER)
    request_approval(asked, by=drafter)
    return_inside(asked, by=approver, reason="数え方の誤り", remarks={})

    (text,) = letters("response_returned_inside")

    assert text.startswith(f"{drafter.name} 様\n\n次の調査の回答が、決裁者から差し戻されました。")
    assert "数え方の誤り" not in text


def test_the_drafter_learns_the_receipt_number(asked: Assignment) -> None:
    approver = person_at(asked.organization, Role.APPROVER)
    request_approval(asked, by=person_at(asked.organization, Role.DRAFTER))
    number = submit(asked, by=approver)

    (text,) = letters("response_approved")

    assert f"受付番号：{number}" in text


def test_the_division_is_led_to_the_requests_for_more_time() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    ask_extension(asked, by=writer, until=date(2026, 12, 18), reason="議会の会期のため。")

    (text,) = letters("extension_asked")

    assert f"/surveys/managed/{asked.survey_id}/extensions/" in text
    assert ("令和８年12月18日" in text, "議会の会期" in text) == (True, False)


@pytest.mark.parametrize(
    ("granted", "words", "day"),
    [
        (True, "承認されました", "令和８年12月18日"),
        (False, "承認されませんでした", "令和８年12月11日"),
    ],
)
def test_the_asker_learns_the_decision_and_the_day(granted: bool, words: str, day: str) -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    request = ask_extension(asked, by=writer, until=date(2026, 12, 18), reason="理由")
    decide_extensions(asked.survey, [request.pk], by=asked.survey.created_by, granted=granted)

    (text,) = letters("extension_decided")

    assert letters("extension_asked") == []
    assert (f"期限の延長は、{words}。" in text, f"回答期限：{day}" in text) == (True, True)


def test_an_inquiry_and_its_answer_are_pointed_to() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    inquiry = ask_inquiry(asked, by=writer, question_id="staff", text="数え方は。")
    (told,) = letters("inquiry_asked")
    answer_inquiry(inquiry, by=asked.survey.created_by, reply="常勤だけです。")

    (answered,) = letters("inquiry_answered")

    assert f"/surveys/managed/{asked.survey_id}/inquiries/{inquiry.pk}/" in told
    assert f"/surveys/assignments/{asked.pk}/inquiries/" in answered
    assert ("数え方は。" in told, "常勤だけです。" in answered) == (False, False)
    assert letters("inquiry_asked") == []
