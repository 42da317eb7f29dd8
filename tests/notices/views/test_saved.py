import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization, User
from notices.actions import searches
from notices.models import SavedSearch
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db
SAVED = reverse("notices:saved_searches")


@pytest.fixture
def town() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def officer(client: Client, town: Organization) -> User:
    user = person_at(town)
    client.force_login(user)
    return user


def test_a_search_is_saved_with_its_facets_and_leads_back_to_its_hits(
    client: Client, officer: User, town: Organization
) -> None:
    notice = published(to=[town])
    page = client.get(reverse("notices:search") + "?q=予防接種&year=2026").content.decode()
    assert "この検索を保存する" in page

    form = {"name": "予防", "q": "予防接種", "year": "2026", "notify": "on"}
    client.post(SAVED, form)

    search = SavedSearch.objects.get()
    assert (search.user, search.notify, search.chosen) == (officer, True, {"year": "2026"})
    hits = client.get(reverse("notices:search") + search.query_string).context["rows"]
    assert [row.version.notice for row in hits] == [notice]
    assert list(AuditEvent.objects.values_list("action", flat=True)).count("search.saved") == 1


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"name": "", "q": "予防"}, "検索の名前を入力してください。"),
        ({"name": "空", "q": "-予防"}, searches.NOTHING_ASKED),
        ({"name": "同じ", "q": "予防"}, searches.NAME_TAKEN),
        ({"name": "多い", "q": "予防"}, searches.TOO_MANY),
    ],
)
def test_what_cannot_be_saved_is_refused_at_its_place(
    form: dict[str, str],
    complaint: str,
    client: Client,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    SavedSearch.objects.create(user=officer, name="同じ", typed="接種")
    monkeypatch.setattr(searches, "MOST", 1 if form["name"] == "多い" else 50)

    text = client.post(SAVED, form).content.decode()

    assert complaint in text
    assert f'value="{form["q"]}"' in text
    assert SavedSearch.objects.count() == 1


def test_telling_is_switched_and_the_search_removed_by_its_owner_alone(
    client: Client, officer: User
) -> None:
    mine = SavedSearch.objects.create(user=officer, name="予防", typed="予防")
    other = SavedSearch.objects.create(user=person_at(OrganizationFactory.create()), name="他")
    switch = reverse("notices:saved_search_notification", args=[mine.pk])

    for value in ("1", "1", "0"):
        client.post(switch, {"notify": value})
        mine.refresh_from_db()
        assert mine.notify == (value == "1")
    switched = AuditEvent.objects.filter(action="search.notification_set")
    assert switched.count() == 2
    assert client.get(reverse("notices:saved_search_removal", args=[mine.pk])).status_code == 405
    assert client.post(reverse("notices:saved_search_removal", args=[other.pk])).status_code == 404
    client.post(reverse("notices:saved_search_removal", args=[mine.pk]))
    assert list(SavedSearch.objects.all()) == [other]


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_searches_as_for_one(
    count: int, client: Client, officer: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        SavedSearch.objects.create(user=officer, name=f"検索{number}", typed="予防")

    with django_assert_num_queries(6):
        assert len(client.get(SAVED).context["saved"]) == count
