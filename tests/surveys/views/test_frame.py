from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from accounts.audience import AudienceRule
from accounts.states import Role
from surveys.actions import edit_survey
from surveys.fingerprint import frame_mark
from surveys.models import Survey
from surveys.states import SurveyState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import DOCUMENT, draft_survey, running_survey, survey_in_review

pytestmark = pytest.mark.django_db
NEW = "/surveys/managed/new/"


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "title": "相談窓口の調査",
        "purpose": "体制を把握し、報告書に用いる。",
        "fiscal_year": "2026",
        "base_date": "令和8年10月1日",
        "opens_on": "R9.1.12",
        "due_on": "2027-02-12",
        "accepts_late": "on",
        "prefecture_part": "watch",
        "estimated_minutes": "40",
        "contact": "相談係\n内線1234",
        "notify_by_mail": "on",
    } | changes


def page_of(survey: Survey, name: str) -> str:
    return reverse(f"surveys:{name}", args=[survey.pk])


def test_a_survey_is_begun_with_days_in_wareki(client: Client) -> None:
    division = DivisionFactory.create()
    client.force_login(person_at(division, Role.DRAFTER))

    response = client.post(NEW, typed(division=division.pk))

    survey = Survey.objects.get()
    assert response.headers["Location"] == page_of(survey, "survey")
    assert (survey.base_date, survey.opens_on, survey.due_on) == (
        date(2026, 10, 1),
        date(2027, 1, 12),
        date(2027, 2, 12),
    )
    assert (survey.estimated_minutes, survey.contact, survey.previous) == (
        40,
        "相談係\n内線1234",
        None,
    )


def test_pressing_twice_makes_one_draft(client: Client) -> None:
    division = DivisionFactory.create()
    client.force_login(person_at(division, Role.DRAFTER))
    key = client.get(NEW).context["form"]["key"].value()

    answers = [client.post(NEW, typed(division=division.pk, key=key)) for _ in range(2)]

    address = page_of(Survey.objects.get(), "survey")
    assert [answer.headers["Location"] for answer in answers] == [address, address]


def test_what_was_changed_before_the_second_press_becomes_a_draft_of_its_own(
    client: Client,
) -> None:
    division = DivisionFactory.create()
    client.force_login(person_at(division, Role.DRAFTER))
    key = str(client.get(NEW).context["form"]["key"].value())
    client.post(NEW, typed(division=division.pk, key=key))
    changed = typed(division=division.pk, title="別の調査")

    form = client.post(NEW, changed | {"key": key}).context["form"]
    client.post(NEW, changed | {"key": form["key"].value()})

    assert form.non_field_errors()[0].startswith("この画面から、すでに下書きを保存しています。")
    assert form["title"].value() == "別の調査"
    titles = Survey.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["相談窓口の調査", "別の調査"]


def test_a_copy_shows_what_it_takes_over_and_asks_for_new_days(client: Client) -> None:
    source = running_survey(OrganizationFactory.create(), contact="相談係")
    client.force_login(source.created_by)
    page = f"{NEW}?copy={source.pk}"

    form = client.get(page).context["form"]
    client.post(page, typed(division=source.division_id, previous=source.pk))

    assert (form["title"].value(), form["contact"].value()) == (source.title, "相談係")
    assert (form["due_on"].value(), form["previous"].value()) == (None, source.pk)
    survey = Survey.objects.latest("pk")
    assert (survey.previous, survey.revisions.get().document) == (source, DOCUMENT)


@pytest.mark.parametrize("key", ["x", "999999", "９", "1" * 30])
def test_what_can_not_be_copied_is_not_found(client: Client, key: str) -> None:
    client.force_login(person_at(DivisionFactory.create()))

    assert client.get(f"{NEW}?copy={key}").status_code == 404


def test_another_divisions_survey_is_neither_copied_nor_a_round_before(client: Client) -> None:
    other = running_survey(OrganizationFactory.create())
    division = DivisionFactory.create()
    client.force_login(person_at(division))

    assert client.get(f"{NEW}?copy={other.pk}").status_code == 404
    form = client.post(NEW, typed(division=division.pk, previous=other.pk)).context["form"]

    assert form.errors == {"previous": ["前回の調査は、一覧にある中から選び直してください。"]}


@pytest.mark.parametrize(
    ("changes", "field", "complaint"),
    [
        ({"title": ""}, "title", "調査名を入力してください。"),
        (
            {"due_on": "令和9年1月11日"},
            "due_on",
            "回答の期限は、受付の開始日以後の日にしてください。",
        ),
        (
            {"opens_on": "1月の終わり"},
            "opens_on",
            "日付は「令和8年11月23日」「R8.11.23」「2026-11-23」のように入力してください。",
        ),
        ({"fiscal_year": "9999"}, "fiscal_year", "年度は、一覧にある中から選び直してください。"),
        (
            {"estimated_minutes": "0"},
            "estimated_minutes",
            "回答に要する時間の見込み（分）は1以上の数を入力してください。",
        ),
        ({"purpose": "\0"}, "purpose", "使用できない制御文字（U+0000）が含まれています。"),
    ],
)
def test_a_slip_is_told_at_its_place_and_what_was_typed_stays(
    client: Client, changes: dict[str, str], field: str, complaint: str
) -> None:
    division = DivisionFactory.create()
    client.force_login(person_at(division))

    form = client.post(NEW, typed(division=division.pk, **changes)).context["form"]

    assert form.errors == {field: [complaint]}
    assert form["contact"].value() == "相談係\n内線1234"
    assert Survey.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"prefecture_part": "check", "prefectures_read_drafts": "on"}, ("check", True)),
        ({"prefecture_part": "none", "prefectures_read_drafts": "on"}, ("none", False)),
        ({}, ("watch", False)),
    ],
)
def test_what_prefectures_do_is_chosen_and_shown(
    client: Client, changes: dict[str, str], kept: tuple[str, bool]
) -> None:
    division = DivisionFactory.create()
    client.force_login(person_at(division))
    proposed = client.get(NEW).context["form"]["prefecture_part"].value()

    client.post(NEW, typed(division=division.pk, **changes))

    survey = Survey.objects.get()
    assert proposed == "watch"
    assert (survey.prefecture_part, survey.prefectures_read_drafts) == kept
    assertContains(client.get(page_of(survey, "survey")), survey.get_prefecture_part_display())


def test_the_frame_is_changed(client: Client) -> None:
    survey = draft_survey()
    client.force_login(survey.created_by)
    form = client.get(page_of(survey, "survey_edit")).context["form"]

    client.post(page_of(survey, "survey_edit"), typed(mark=form["mark"].value()))

    survey.refresh_from_db()
    assert survey.title == "相談窓口の調査"


def test_an_overtaken_form_keeps_what_was_typed_and_may_be_sent_again(client: Client) -> None:
    survey = draft_survey()
    page = page_of(survey, "survey_edit")
    client.force_login(survey.created_by)
    seen = frame_mark(survey)
    edit_survey(survey, by=survey.created_by, frame={"title": "別の人の名称"})

    response = client.post(page, typed(mark=seen))

    form = response.context["form"]
    survey.refresh_from_db()
    assert survey.title == "別の人の名称"
    assert form["title"].value() == "相談窓口の調査"
    client.post(page, typed(mark=form["mark"].value()))
    survey.refresh_from_db()
    assert survey.title == "相談窓口の調査"


def test_the_form_opens_only_while_it_is_prepared(client: Client) -> None:
    survey = survey_in_review(OrganizationFactory.create())
    client.force_login(survey.created_by)

    assert client.get(page_of(survey, "survey_edit")).status_code == 409
    sent = client.post(page_of(survey, "survey_edit"), typed(mark=""))
    assert sent.context["form"]["title"].value() == "相談窓口の調査"


def test_whom_it_asks_is_chosen_with_the_common_builder(client: Client) -> None:
    village = OrganizationFactory.create()
    person_at(village)
    survey = draft_survey()
    page = page_of(survey, "survey_audience")
    client.force_login(survey.created_by)
    revision = client.get(page).context["form"]["revision"].value()

    hits = client.post(page, {"codes": [village.code], "count": "1"}).context["hits"]
    response = client.post(page, {"codes": [village.code], "revision": revision, "save": "1"})

    survey.refresh_from_db()
    assert (hits["total"], hits["people"]) == (1, 1)
    assert response.headers["Location"] == page_of(survey, "survey")
    assert survey.audience == AudienceRule(codes=[village.code])


def test_a_stale_audience_comes_back_unsaved(client: Client) -> None:
    survey = draft_survey()
    client.force_login(survey.created_by)

    response = client.post(
        page_of(survey, "survey_audience"), {"kinds": ["town"], "revision": "x", "save": "1"}
    )

    survey.refresh_from_db()
    assert response.context["form"]["kinds"].value() == ["town"]
    assert survey.audience == AudienceRule()


def test_the_questions_of_the_round_before_are_taken_over(client: Client) -> None:
    previous = running_survey(OrganizationFactory.create())
    drafter = previous.created_by
    client.force_login(drafter)
    client.post(NEW, typed(division=previous.division_id, previous=previous.pk))
    survey = Survey.objects.latest("pk")
    shown = client.get(page_of(survey, "survey")).context

    client.post(page_of(survey, "survey_takeover"), {"mark": shown["frame_mark"]})

    assert shown["can_take_over"] is True
    document = survey.revisions.get().document
    assert {part: document[part] for part in DOCUMENT} == DOCUMENT


@pytest.mark.parametrize("size", [1, 3])
def test_the_form_costs_the_same_for_one_and_for_three_earlier_surveys(
    client: Client, size: int, django_assert_num_queries: Any
) -> None:
    division = DivisionFactory.create()
    for _ in range(size):
        running_survey(OrganizationFactory.create(), division=division)
    client.force_login(person_at(division, Role.DRAFTER))

    with django_assert_num_queries(11):
        response = client.get(NEW)

    assert response.context["copyable"].count() == size


def test_a_new_survey_is_a_draft_of_the_person_who_begins_it(client: Client) -> None:
    division = DivisionFactory.create()
    drafter = person_at(division)
    client.force_login(drafter)
    today = timezone.localdate()

    form = client.get(NEW).context["form"]
    page = client.post(
        NEW,
        typed(
            division=division.pk,
            opens_on=today.isoformat(),
            due_on=(today + timedelta(days=20)).isoformat(),
        ),
        follow=True,
    )

    survey = Survey.objects.get()
    assert form["opens_on"].value() == today
    assert (survey.state, survey.created_by) == (SurveyState.DRAFT, drafter)
    assert "（回答期限の7日前、1日前、3日後）" in page.content.decode()
