from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from notices.models import SearchEntry
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db
SEARCH = reverse("notices:search")


@pytest.fixture
def town() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def officer(client: Client, town: Organization) -> Client:
    """The browser of somebody in the town."""
    client.force_login(person_at(town))
    return client


def text_of(client: Client, query: str) -> str:
    return client.get(SEARCH + query).content.decode()


def test_hits_are_shown_as_written_marked_and_escaped(officer: Client, town: Organization) -> None:
    published(to=[town], title="<b>髙﨑市</b>の予防", body="１　<i>乳児の高崎市</i>への接種")

    text = text_of(officer, "?q=高崎市")

    assert "&lt;b&gt;<mark>髙﨑市</mark>&lt;/b&gt;の予防</a>" in text
    assert "１ &lt;i&gt;乳児の<mark>高崎市</mark>&lt;/i&gt;への接種" in text
    assert "「高崎市」を含む通知：1件" in text


def test_each_hit_says_whether_it_is_in_force(officer: Client, town: Organization) -> None:
    ended, current = published(to=[town]), published(to=[town])
    SearchEntry.objects.filter(notice=ended).update(in_force=False)

    rows = officer.get(f"{SEARCH}?q=予防").context["rows"]

    assert [(row.version.notice, row.version.is_in_force) for row in rows] == [
        (current, True),
        (ended, False),
    ]


def test_facets_are_links_that_keep_the_rest_and_can_be_taken_back(
    officer: Client, town: Organization
) -> None:
    notice = published(to=[town])

    wide = officer.get(f"{SEARCH}?q=予防&sort=rank&cursor=MQ").context["facets"]
    assert [facet.label for facet in wide] == ["種別", "年度", "発出元", "効力"]
    (issuer,) = wide[2].values
    assert (issuer.label, issuer.count, issuer.chosen) == (notice.division.full_name, 1, False)
    assert [value.label for value in wide[1].values] == ["令和８年度"]

    narrow = officer.get(SEARCH + issuer.url).context
    assert [row.version.notice for row in narrow["rows"]] == [notice]
    assert narrow["ranked"]
    (chosen,) = narrow["facets"][2].values
    assert chosen.chosen
    assert "issuer" not in chosen.url
    assert 'type="hidden" name="issuer"' in text_of(officer, issuer.url)


def test_a_narrowing_without_hits_can_be_undone(officer: Client, town: Organization) -> None:
    published(to=[town])

    text = text_of(officer, "?q=予防&year=1999")

    assert "該当する通知はありません" in text
    assert "平成11年度" in text
    assert "絞り込みを解除する" in text


def test_nothing_found_comes_with_advice(officer: Client, town: Organization) -> None:
    published(to=[town])

    assert "語を短くする" in text_of(officer, "?q=生活保護")


def test_an_exclusion_alone_is_explained(officer: Client, town: Organization) -> None:
    published(to=[town])

    assert "除く語だけでは探せません" in text_of(officer, "?q=-乳児")


@pytest.mark.parametrize(
    "query",
    ["?q=%00%07", "?q=%22%22", "?cursor=x&sort=y", "?issuer=9999999999999", "?q=" + "あ" * 999],
)
def test_wrong_input_is_no_error(query: str, officer: Client) -> None:
    assert officer.get(SEARCH + query).status_code == 200


def test_an_entry_whose_notice_may_not_be_seen_shows_nothing(
    officer: Client, town: Organization
) -> None:
    """Even an index that lags behind gives nothing away: rows come through ``visible_to``."""
    notice = published(to=[town])
    elsewhere = published(to=[OrganizationFactory.create()])
    shared = SearchEntry.objects.get(notice=notice).audience
    SearchEntry.objects.filter(notice=elsewhere).update(audience=shared)

    rows = officer.get(f"{SEARCH}?q=予防").context["rows"]

    assert [row.version.notice for row in rows] == [notice]


@pytest.mark.parametrize("notices", [1, 3])
def test_as_many_queries_for_three_rows_as_for_one(
    notices: int,
    officer: Client,
    town: Organization,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(notices):
        published(to=[town])

    with django_assert_num_queries(16):
        assert len(officer.get(f"{SEARCH}?q=予防接種").context["rows"]) == notices


def test_a_day_of_issue_before_showa_is_no_error(officer: Client, town: Organization) -> None:
    """One such notice would close the search to everybody who sees it."""
    published(to=[town], issued_on=date(1900, 1, 1))

    years = officer.get(SEARCH).context["facets"][1].values

    assert [(year.label, year.count) for year in years] == [("1899年度", 1)]
    assert [row.version.title for row in officer.get(SEARCH + years[0].url).context["rows"]]
