import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertRedirects

from accounts.states import Role
from notices.models import Topic
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import a_draft, published, topic

pytestmark = pytest.mark.django_db
LIST = reverse("notices:topics")


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(person_at(DivisionFactory.create(), Role.SYSTEM_ADMIN))
    return client


def test_it_counts_the_published_notices_of_each(admin: Client) -> None:
    filed, _ = topic("感染症"), topic("救急医療")
    published(to=[OrganizationFactory.create()], topics=[filed])
    a_draft(topics=[filed])

    rows = admin.get(LIST).context["rows"]

    assert {row.name: row.published for row in rows} == {"感染症": 1, "救急医療": 0}


def test_one_is_added_and_renamed(admin: Client) -> None:
    assertContains(admin.get(LIST), "分野はまだありません")
    assertRedirects(admin.post(LIST, {"name": "予防接種"}), LIST)
    own = reverse("notices:topic", args=[Topic.objects.get().pk])

    assertRedirects(admin.post(own, {"name": "予防接種・感染症"}), LIST)

    assertContains(admin.get(LIST), "予防接種・感染症")


def test_a_name_that_is_taken_is_said_at_the_field_and_stays(admin: Client) -> None:
    topic("DPC")
    own = reverse("notices:topic", args=[topic("感染症").pk])

    for address in (LIST, own):
        page = admin.post(address, {"name": "ＤＰＣ"})
        assertContains(page, "同じ名称の分野があります（DPC）")
        assertContains(page, 'value="ＤＰＣ"')
    assertContains(admin.post(LIST, {"name": " "}), "分野の名称を入力してください。")


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_for_any_number(
    admin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        topic(f"分野{number}")

    with django_assert_num_queries(4):
        admin.get(LIST)
