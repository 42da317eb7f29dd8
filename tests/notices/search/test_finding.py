"""What is found, in which order, with which counts; each test holds rows that could leak."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization, User
from accounts.states import Role
from notices.actions.publication import publish
from notices.models import Notice, SearchEntry, Topic
from notices.search import finding
from notices.search.facets import Chosen
from notices.search.finding import Hits, find
from notices.search.indexing import forget_notice, index_notice
from notices.search.writing import vector_of
from notices.states import Category
from onepublic.core.fulltext.folding import folded
from onepublic.core.fulltext.query import parse
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    UserFactory,
    person_at,
)
from tests.factories.notices import a_draft, approver_of, in_review, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(town: Organization) -> User:
    return person_at(town)


def search(user: User, typed: str, *, ranked: bool = False, cursor: str | None = "") -> Hits:
    return find(user, parse(typed), Chosen(), ranked=ranked, cursor=cursor or "")


def found(user: User, typed: str, **chosen: str) -> set[int]:
    return set(find(user, parse(typed), Chosen(**chosen)).notices)


@pytest.mark.parametrize(
    "typed",
    [
        "高崎市の接種",
        "髙﨑",
        "ﾜｸﾁﾝ",
        "わくちん",
        "ＣＯＶＩＤ",
        "covid-19",
        "医政発1123第20号",
        "医政発一一二三第二〇号",
        "第二十号",
        "崎",
        "号",
        "接種 ワクチン",
        '"接種 ワクチン"',
        "「接種のワク」",
        "接種 -乳児",
        "接種 -定期の予防接種",
        "首里城課",
        "総務",
        "x'\\y",
    ],
)
def test_each_of_these_finds_the_notice(typed: str, town: Organization, officer: User) -> None:
    division = DivisionFactory.create(name="首里城課")
    notice = published(
        to=[town],
        division=division,
        number="医政発1123第二〇号",
        title="髙﨑市の接種",
        body="## 接種ワクチン\n\nＣＯＶＩＤ－１９ 接種の**ワク**チン x'\\y 総務",
    )
    published(to=[town], title="生活保護の実施", number="社援発0401第9", body="乳児")

    assert found(officer, typed) == {notice.pk}


@pytest.mark.parametrize(
    "typed",
    ["接種 乳児", "防予", "予接", "接種 -予防", "接種 -予防接種", "予防接種接種", "第3号の"],
)
def test_none_of_these_finds_it(typed: str, town: Organization, officer: User) -> None:
    published(to=[town], title="予防接種", number="番1", body="防接 種接")

    hits = search(officer, typed)

    assert (list(hits.notices), hits.counts.total) == ([], 0)


def test_neighbours_in_different_fields_are_no_word(town: Organization, officer: User) -> None:
    published(to=[town], title="予防", number="接種", body="記")

    assert found(officer, "予防接種") == set()
    assert found(officer, "防接") == set()


@pytest.mark.parametrize("typed", ["", "-乳児", "\0", "「」"])
def test_with_nothing_to_look_for_all_are_listed(
    typed: str, town: Organization, officer: User
) -> None:
    notice = published(to=[town])

    assert found(officer, typed) == {notice.pk}


def test_what_was_not_sent_there_is_neither_found_nor_counted(town: Organization) -> None:
    bureau = RegionalBureauFactory.create()
    prefecture = PrefectureFactory.create(regional_bureau=bureau)
    village = OrganizationFactory.create(prefecture=prefecture)
    here = published(to=[village])
    elsewhere = published(to=[town])
    a_draft()
    in_review(to=[village])
    ministry = DivisionFactory.create()
    views = {
        person_at(village): {here.pk},
        person_at(prefecture): {here.pk},
        person_at(bureau, Role.VIEWER): {here.pk},
        person_at(OrganizationFactory.create(prefecture=prefecture)): set(),
        person_at(PrefectureFactory.create()): set(),
        person_at(town): {elsewhere.pk},
        UserFactory.create(): set(),
        person_at(ministry, Role.VIEWER): {here.pk, elsewhere.pk},
        person_at(ministry, Role.AUDITOR): {here.pk, elsewhere.pk},
    }

    for user, expected in views.items():
        visible = Notice.objects.visible_to(user).published().values_list("pk", flat=True)
        assert set(visible) == expected
        for typed in ("予防接種", "予防", "予", ""):
            hits = search(user, typed)
            assert set(hits.notices) == expected
            assert hits.counts.total == len(expected)
            for counts in hits.counts.by_facet.values():
                assert sum(counts.values()) in (0, len(expected))


def test_a_notice_that_is_forgotten_is_not_found(town: Organization, officer: User) -> None:
    notice = published(to=[town])
    forget_notice(notice)

    assert found(officer, "予防接種") == set()
    index_notice(notice)
    index_notice(notice)
    assert found(officer, "予防接種") == {notice.pk}


def test_facets_count_what_is_found_and_narrow_it(town: Organization, officer: User) -> None:
    one, other, third = DivisionFactory.create_batch(3)
    topic = Topic.objects.create(name="感染症")
    both = published(
        to=[town], division=one, joint_issuers=[other], category=Category.NOTICE, topics=[topic]
    )
    message = published(
        to=[town], division=other, category=Category.ADMIN_MESSAGE, issued_on=date(2026, 3, 31)
    )
    published(to=[town], division=third, title="生活保護", body="記")
    SearchEntry.objects.filter(notice=message).update(in_force=False)

    assert search(officer, "予防接種").counts.by_facet == {
        "issuer": {str(one.pk): 1, str(other.pk): 2},
        "year": {"2026": 1, "2025": 1},
        "category": {"notice": 1, "admin_message": 1},
        "topic": {str(topic.pk): 1},
        "in_force": {"1": 1, "0": 1},
    }
    assert found(officer, "予防接種", issuer=str(other.pk)) == {both.pk, message.pk}
    assert found(officer, "予防接種", issuer=str(one.pk)) == {both.pk}
    assert found(officer, "予防接種", topic=str(topic.pk)) == {both.pk}
    assert found(officer, "予防接種", year="2025") == {message.pk}
    assert found(officer, "予防接種", category="admin_message") == {message.pk}
    assert found(officer, "予防接種", in_force="1") == {both.pk}
    assert found(officer, "予防接種", year="2025", in_force="1") == set()


@pytest.mark.parametrize(
    "asked",
    [
        {"issuer": "x"},
        {"year": "-1"},
        {"year": "10000"},
        {"in_force": "2"},
        {"topic": "99999999999"},
        {"in_force": "１"},
        {"category": "x"},
    ],
)
def test_facets_that_cannot_be_meant_are_left_out(asked: dict[str, str]) -> None:
    assert Chosen.read(asked) == Chosen()


def publish_at(notice: Notice, moment: datetime) -> Notice:
    return publish(notice, by=approver_of(notice.division), moment=moment)


def test_the_newest_come_first_and_pages_follow_each_other(
    town: Organization, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    now = timezone.now()
    ages = [3, 1, 2, 1, 5]
    notices = [publish_at(in_review(to=[town]), now - timedelta(days=age)) for age in ages]
    expected = [notices[place].pk for place in (3, 1, 2, 0, 4)]

    for typed in ("予防", "予防接種"):
        first = search(officer, typed)
        second = search(officer, typed, cursor=first.next_cursor)
        third = search(officer, typed, cursor=second.next_cursor)
        pages = [list(hits.notices) for hits in (first, second, third)]
        assert pages == [expected[:2], expected[2:4], expected[4:]]
        assert third.next_cursor is None


def test_ranked_the_heading_counts_most_then_how_often_the_terms_stand(
    town: Organization, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "PAGE", 2)
    heading = published(to=[town], title="予防接種の実施", body="記")
    often = published(to=[town], title="別件", body="予防接種" * 9)
    once = published(to=[town], title="別件", body="予防接種")
    published(to=[town], title="生活保護", body="記")

    first = search(officer, "予防接種", ranked=True)
    second = search(officer, "予防接種", ranked=True, cursor=first.next_cursor)

    assert list(first.notices) == [heading.pk, often.pk]
    assert list(second.notices) == [once.pk]
    assert second.next_cursor is None
    assert list(search(officer, "予防", ranked=True).notices) == [heading.pk, often.pk]


def test_many_candidates_are_counted_by_the_index_and_said_to_be_so(
    town: Organization, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "COUNTED_EXACTLY", 1)
    hit = published(to=[town], title="予防接種", body="記")
    near = published(to=[town], title="別件", body="予防と接種と防接")

    estimated = search(officer, "予防接種")
    assert list(estimated.notices) == [hit.pk]
    assert (estimated.counts.total, estimated.counts.is_estimate) == (2, True)
    exact = search(officer, "予防")
    assert list(exact.notices) == [near.pk, hit.pk]
    assert (exact.counts.total, exact.counts.is_estimate) == (2, False)
    without = search(officer, "予防 -予防接種")
    assert list(without.notices) == [near.pk]
    assert (without.counts.total, without.counts.is_estimate) == (0, True)


@pytest.mark.parametrize("hits", [1, 3])
def test_as_many_queries_for_three_hits_as_for_one(
    hits: int,
    town: Organization,
    officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(hits):
        published(to=[town])
    officer.active_memberships  # noqa: B018 - once per request, not the search's own

    with django_assert_num_queries(7):  # audiences, savepoint with settings, page, two counts
        assert len(search(officer, "予防接種").notices) == hits


CHARACTERS = st.sampled_from([*"予防接種髙﨑第二〇号12Ａa<&'\\　 \n", "ﾎﾞ", "か\u3099"])


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHARACTERS, min_size=1, max_size=12), st.data())
def test_whatever_stands_in_a_text_is_found(
    town: Organization, officer: User, characters: list[str], draw: st.DataObject
) -> None:
    entries = SearchEntry.objects.all()
    notice = entries.first() or published(to=[town]).search_entry
    start = draw.draw(st.integers(0, len(characters) - 1))
    end = draw.draw(st.integers(start + 1, len(characters)))
    typed = f'"{"".join(characters[start:end])}"'
    text = folded("".join(characters))
    entries.update(text=text, grams=vector_of(text))

    assert found(officer, typed) == {notice.pk}
