from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from notices.actions.publication import publish
from notices.actions.receiving import acknowledge
from notices.models import SearchEntry
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import a_draft, approver_of, in_review, published

pytestmark = pytest.mark.django_db
PUBLISHED = reverse("notices:published")


def listed(client: Client, query: str = "") -> list[Any]:
    return list(client.get(PUBLISHED + query).context["page"].rows)


def test_the_ministry_sees_all_and_can_narrow_to_its_own(client: Client) -> None:
    village, division = OrganizationFactory.create(), DivisionFactory.create()
    own, foreign = published(to=[village], division=division), published(to=[village])
    a_draft(division=division)
    client.force_login(person_at(division, Role.VIEWER))

    assert listed(client) == [foreign, own]
    assert listed(client, "?show=own") == [own]


def test_the_latest_publication_comes_first_whenever_it_was_begun(client: Client) -> None:
    begun_first = in_review(to=[OrganizationFactory.create()])
    published_first = published(to=[OrganizationFactory.create()])
    publish(begun_first, by=approver_of(begun_first.division))
    old = in_review(to=[OrganizationFactory.create()])
    publish(old, by=approver_of(old.division), moment=datetime(2020, 4, 1, tzinfo=UTC))
    client.force_login(person_at(DivisionFactory.create()))

    assert listed(client) == [begun_first, published_first, old]


def test_others_see_what_reached_their_area_and_its_progress_only(client: Client) -> None:
    village, stranger = OrganizationFactory.create_batch(2)
    assert village.prefecture
    notice = published(to=[village, stranger])
    published(to=[stranger])
    acknowledge(notice, by=person_at(village))
    client.force_login(person_at(village.prefecture))

    rows = client.get(PUBLISHED).context["rows"]

    assert rows == [
        (notice, {"notice": notice.pk, "delivered": 1, "opened": 1, "acknowledged": 1, "owing": 0})
    ]


def test_it_marks_what_is_not_in_force(client: Client) -> None:
    village = OrganizationFactory.create()
    ended, current = published(to=[village]), published(to=[village])
    SearchEntry.objects.filter(notice=ended).update(in_force=False)
    client.force_login(person_at(ended.division))

    assert [(one, one.is_in_force) for one in listed(client)] == [(current, True), (ended, False)]


def test_it_finds_by_title_and_number(client: Client) -> None:
    village = OrganizationFactory.create()
    wanted = published(to=[village], number="社援発1123第7号")
    published(to=[village])
    client.force_login(person_at(DivisionFactory.create()))

    assert listed(client, "?q=社援発１１２３") == [wanted]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        published(to=[OrganizationFactory.create()])
    client.force_login(person_at(DivisionFactory.create(), Role.VIEWER))

    # session, user, memberships, page, progress, two tabs
    with django_assert_num_queries(7):
        client.get(PUBLISHED)
