from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from onepublic.calendar.months import Month
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published
from tests.factories.surveys import running_survey

pytestmark = pytest.mark.django_db
CALENDAR = reverse("calendar")


def test_the_month_of_the_address_is_shown_as_list_and_table(client: Client) -> None:
    town = OrganizationFactory.create()
    published(to=[town], title="年内の報告", due_on=date(2026, 12, 11))
    client.force_login(person_at(town))

    page = client.get(f"{CALENDAR}?month=2026-12")

    text = page.content.decode()
    assert page.context["month"] == Month(2026, 12)
    assert [day.date for day in page.context["days"]] == [date(2026, 12, 11)]
    assert text.count('href="#day-11"') == text.count('id="day-11"') == 1
    assert '"?month=2026-11"' in text
    assert '"?month=2027-01"' in text


@pytest.mark.parametrize("query", ["", "?month=", "?month=2026-99", "?month=x"])
def test_without_a_readable_month_it_is_the_current_one(client: Client, query: str) -> None:
    client.force_login(person_at(OrganizationFactory.create()))
    today = timezone.localdate()

    page = client.get(CALENDAR + query)

    assert page.context["month"] == Month(today.year, today.month)
    assert "この月に期限のあるものはありません" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_much_is_due(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    town = OrganizationFactory.create()
    for _ in range(count):
        published(to=[town], due_on=date(2026, 12, 11))
        running_survey(town)
    client.force_login(person_at(town))

    with django_assert_num_queries(9):
        page = client.get(f"{CALENDAR}?month=2026-12")

    assert [len(day.due) for day in page.context["days"]] == [2 * count]
