import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.states import Kind
from surveys.models import Assignment, Survey
from tests.factories.accounts import (
    OrganizationFactory,
    PrefectureFactory,
    person_at,
    window_of,
)
from tests.factories.surveys import assignment_of, draft_survey, running_survey, submitted

pytestmark = pytest.mark.django_db


def content_of(client: Client, survey: Survey, name: str, **query: str) -> bytes:
    response = client.get(f"/surveys/managed/{survey.pk}/tables/{name}", query)
    return response.getvalue()


def lines(client: Client, survey: Survey, table: str, **query: str) -> list[list[str]]:
    text = content_of(client, survey, f"{table}.csv", **query).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def cells(client: Client, survey: Survey, table: str, **query: str) -> list[list[object]]:
    book = load_workbook(BytesIO(content_of(client, survey, f"{table}.xlsx", **query)))
    (sheet,) = book.worksheets
    return [[cell.value for cell in row] for row in sheet.rows]


def test_prefectures_and_kinds_are_told_with_every_count(client: Client) -> None:
    first, second = (PrefectureFactory.create(code=code) for code in ("130001", "140007"))
    village = OrganizationFactory.create(prefecture=first)
    city = OrganizationFactory.create(prefecture=second, kind=Kind.CITY)
    survey = running_survey(village, city)
    submitted(assignment_of(survey, village))
    client.force_login(survey.created_by)

    by_prefecture, by_kind = (lines(client, survey, table) for table in ("prefectures", "kinds"))

    counts = ["提出済み", "該当なし", "回答中", "未着手", "未提出"]
    counts += ["期限超過", "差戻し中", "都道府県で確認中", "受理済み"]
    done, idle = ["1", "1", *"00000000", "100.0"], ["1", *"00011", *"0000", "0.0"]
    assert by_prefecture == [
        ["都道府県コード", "都道府県", "依頼", *counts, "提出率（％）"],
        ["13", first.prefecture_name, *done],
        ["14", second.prefecture_name, *idle],
    ]
    assert by_kind == [["種別", "依頼", *counts, "提出率（％）"], ["市", *idle], ["村", *done]]


def test_the_same_table_comes_as_a_workbook_with_codes_as_text(client: Client) -> None:
    prefecture = PrefectureFactory.create(code="010006")
    survey = running_survey(OrganizationFactory.create(prefecture=prefecture))
    client.force_login(survey.created_by)

    header, row = cells(client, survey, "prefectures")

    assert header[:3] == ["都道府県コード", "都道府県", "依頼"]
    assert row[:3] == ["01", prefecture.prefecture_name, 1]


def test_every_day_is_told_beside_the_last_round(client: Client) -> None:
    village = OrganizationFactory.create()
    today = timezone.localdate()
    last_round = running_survey(village, opens_on=today, due_on=today)
    submitted(assignment_of(last_round, village))
    tomorrow = today + timedelta(days=1)
    survey = running_survey(village, opens_on=today, due_on=tomorrow, previous=last_round)
    client.force_login(survey.created_by)

    by_opening = lines(client, survey, "days")
    by_deadline = lines(client, survey, "days", align="deadline")

    assert by_opening[1:] == [
        [today.isoformat(), "0", "0.0", "100.0", ""],
        [tomorrow.isoformat(), "", "", "", ""],
    ]
    assert by_deadline[1:] == [
        [today.isoformat(), "0", "0.0", "", ""],
        [tomorrow.isoformat(), "", "", "100.0", ""],
    ]


def test_the_list_is_told_as_its_filter_leaves_it(client: Client) -> None:
    done, late = OrganizationFactory.create_batch(2)
    window = window_of(late)
    yesterday = timezone.localdate() - timedelta(days=1)
    survey = running_survey(done, late, due_on=yesterday - timedelta(days=1))
    received = submitted(assignment_of(survey, done))
    Assignment.objects.filter(organization=late).update(extended_to=yesterday)
    client.force_login(survey.created_by)

    everything = lines(client, survey, "organizations")
    owing = lines(client, survey, "organizations", state="owing")

    assert everything[0][:5] == ["団体コード", "都道府県", "団体", "種別", "状態"]
    assert [row[0] for row in everything[1:]] == [done.code, late.code]
    assert everything[1][10] == received.receipt_number
    day = yesterday.isoformat()
    known = [late.code, late.prefecture_name, late.name, "村", "未着手", day]
    assert owing[1:] == [[*known, "○", "○", "", "", "", window.name]]


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = running_survey(*OrganizationFactory.create_batch(size))
    client.force_login(survey.created_by)

    with django_assert_num_queries(6):
        found = lines(client, survey, "organizations")

    assert len(found) == 1 + size


def test_a_name_that_would_be_a_formula_stays_text(client: Client) -> None:
    village = OrganizationFactory.create(name="=1+1村")
    survey = running_survey(village)
    client.force_login(survey.created_by)

    assert lines(client, survey, "organizations")[1][2] == "'=1+1村"
    assert cells(client, survey, "organizations")[1][2] == "=1+1村"


def test_the_file_is_named_after_the_survey(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create(), title="相談")
    client.force_login(survey.created_by)

    response = client.get(f"/surveys/managed/{survey.pk}/tables/kinds.csv")
    response.getvalue()

    name = "%E7%9B%B8%E8%AB%87_%E5%9B%A3%E4%BD%93%E3%81%AE%E7%A8%AE%E5%88%A5.csv"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_a_prefecture_gets_its_own_area_only(client: Client) -> None:
    own, other = PrefectureFactory.create_batch(2)
    village, foreign = (OrganizationFactory.create(prefecture=place) for place in (own, other))
    survey = running_survey(village, foreign)
    client.force_login(person_at(own))

    found = {table: lines(client, survey, table)[1:] for table in ("organizations", "prefectures")}

    assert [row[0] for row in found["organizations"]] == [village.code]
    assert [row[0] for row in found["prefectures"]] == [own.prefecture_code]


def test_what_there_is_not_is_not_found(client: Client) -> None:
    survey, draft = running_survey(OrganizationFactory.create()), draft_survey()
    client.force_login(survey.created_by)
    names = [(survey, "kinds.pdf"), (survey, "answers.csv"), (draft, "kinds.csv")]

    statuses = [
        client.get(f"/surveys/managed/{each.pk}/tables/{name}").status_code for each, name in names
    ]

    assert statuses == [404, 404, 404]
