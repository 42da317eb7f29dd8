import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories.accounts import OrganizationFactory, UserFactory, person_at
from tests.factories.notices import published
from tests.factories.surveys import assignment_of, running_survey

pytestmark = pytest.mark.django_db
SEARCH = reverse("search")


def test_results_lead_to_their_pages(client: Client) -> None:
    town = OrganizationFactory.create(name="接種村")
    notice = published(to=[town], title="接種の通知")
    survey = running_survey(town, title="接種の調査")
    client.force_login(person_at(town))

    page = client.get(SEARCH, {"q": "接種"})

    text = page.content.decode()
    assert page.context["total"] == 3
    assert f'<a href="/notices/{notice.pk}/">接種の通知</a>' in text
    assert (
        f'<a href="/surveys/assignments/{assignment_of(survey, town).pk}/">接種の調査</a>' in text
    )
    assert f'<a href="/organizations/{town.code}/">{town.full_name}</a>' in text
    assert 'id="header-search" name="q" value="接種"' in text


@pytest.mark.parametrize("typed", ["", "　", "\a", "\u202e"])
def test_without_words_it_says_what_can_be_found(client: Client, typed: str) -> None:
    client.force_login(UserFactory.create())

    page = client.get(SEARCH, {"q": typed})

    assert page.context["query"] == ""
    assert "機関は名称・よみ・団体コードから探します" in page.content.decode()


@pytest.mark.parametrize("typed", ["どこにもない語", "な\aい語", "長" * 5000, "%_\\'\"<b>", "😀"])
def test_whatever_is_typed_an_empty_result_says_what_to_do(client: Client, typed: str) -> None:
    client.force_login(person_at(OrganizationFactory.create()))

    page = client.get(SEARCH, {"q": typed})

    text = page.content.decode()
    assert page.context["total"] == 0
    assert "該当するものはありません" in text
    assert "<b>" not in text


def test_the_box_is_in_the_header_of_every_page(client: Client) -> None:
    client.force_login(person_at(OrganizationFactory.create()))

    assert 'id="header-search" name="q"' in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_much_is_found(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    town = OrganizationFactory.create(name="相談村")
    for _ in range(count):
        published(to=[town], title="相談の通知")
        running_survey(town)
    client.force_login(person_at(town))

    with django_assert_num_queries(15):
        page = client.get(SEARCH, {"q": "相談"})

    assert page.context["total"] == 2 * count + 1
