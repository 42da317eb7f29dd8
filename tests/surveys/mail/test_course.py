from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import Organization
from accounts.states import Role
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Rendered, render
from surveys.actions import (
    cancel_survey,
    close_survey,
    give_time,
    open_scheduled,
    reopen_survey,
    return_survey,
    withdraw_request,
)
from surveys.models import Survey
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import running_survey, scheduled_survey, survey_in_review

pytestmark = pytest.mark.django_db


def asked() -> Survey:
    survey = scheduled_survey(OrganizationFactory.create())
    OutboxMessage.objects.all().delete()
    return survey


def returned() -> None:
    survey = survey_in_review(OrganizationFactory.create())
    return_survey(survey, by=person_at(survey.division, Role.APPROVER), reason="期限が短い。")


def not_opened() -> None:
    survey = asked()
    today = timezone.localdate()
    Survey.objects.update(opens_on=today)
    Organization.objects.update(valid_to=today - timedelta(days=1))
    open_scheduled(survey)


def cancelled() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    survey = running_survey(village)
    cancel_survey(survey, by=survey.created_by, reason="重複のため。")


def reopened() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    survey = running_survey(village)
    close_survey(survey, by=survey.created_by)
    reopen_survey(survey, by=survey.created_by, due_on=timezone.localdate() + timedelta(days=7))


def time_given() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    survey = running_survey(village)
    keys = list(survey.assignments.values_list("pk", flat=True))
    day = date(2026, 12, 25)
    give_time(survey, keys, by=survey.created_by, until=day, reason="台風のため。")


@pytest.mark.parametrize(
    ("what", "subject", "line"),
    [
        (returned, "【差戻し】相談体制の調査", "理由：期限が短い。"),
        (
            not_opened,
            "【受付を始められませんでした】相談体制の調査",
            "理由：宛先に当てはまる機関がありません。",
        ),
        (cancelled, "【調査の中止】相談体制の調査", "中止の理由：重複のため。"),
        (
            time_given,
            "【回答期限の延長】相談体制の調査",
            "新しい回答期限：令和８年12月25日（金）",
        ),
        (reopened, "【受付の再開】相談体制の調査", "調査名：相談体制の調査"),
    ],
)
def test_each_letter_says_what_happened_and_why(
    what: Callable[[], None], subject: str, line: str
) -> None:
    what()
    message = OutboxMessage.objects.select_related("person").latest("pk")

    letter = render([message]).letters[message.pk]

    assert letter.subject == f"［OnePublic］{subject}"
    assert line in letter.text.splitlines()
    assert letter.entry[0] == subject


def test_the_approver_is_led_to_the_survey(settings: Settings) -> None:
    division = DivisionFactory.create()
    person_at(division, Role.APPROVER)
    survey = survey_in_review(OrganizationFactory.create(), division=division)
    message = OutboxMessage.objects.get(kind="survey_approval_asked")

    letter = render([message]).letters[message.pk]

    lines = letter.text.splitlines()
    assert f"決裁を求めた人：{survey.created_by.name}" in lines
    assert f"{settings.PORTAL_URL}/surveys/managed/{survey.pk}/" in lines


def test_what_has_been_overtaken_is_not_sent() -> None:
    division = DivisionFactory.create()
    person_at(division, Role.APPROVER)
    taken_back = survey_in_review(OrganizationFactory.create(), division=division)
    withdraw_request(taken_back, by=taken_back.created_by)
    reopened()
    closed_again = Survey.objects.latest("pk")
    close_survey(closed_again, by=closed_again.created_by)
    assert OutboxMessage.objects.count() == 2

    assert render(list(OutboxMessage.objects.all())) == Rendered()


@pytest.mark.parametrize("size", [1, 3])
def test_it_takes_two_queries_for_any_number(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    villages = OrganizationFactory.create_batch(size)
    for village in villages:
        person_at(village)
    survey = running_survey(*villages)
    cancel_survey(survey, by=survey.created_by, reason="重複のため。")
    messages = list(OutboxMessage.objects.all())

    with django_assert_num_queries(2):
        letters = render(messages).letters

    assert len(letters) == size
