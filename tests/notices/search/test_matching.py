"""A saved search tells its owner of new notices, once, and nobody of what they may not see."""

from typing import Any

import pytest

from accounts.models import Organization, User
from accounts.states import Role
from notices.actions.searches import save_search, set_notification
from notices.mail.searches import saved_search_letters
from notices.models import Notice, SavedSearch, SearchEntry
from notices.querysets import people_who_see
from notices.search.facets import Chosen
from notices.search.indexing import index_notice
from notices.search.tasks import match_saved_searches
from onepublic.core.fulltext.query import parse
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(town: Organization) -> User:
    return person_at(town)


def saved(user: User, typed: str, *, notify: bool = True, **chosen: str) -> SavedSearch:
    name = typed or "すべて"
    return save_search(
        by=user, name=name, query=parse(typed), chosen=Chosen(**chosen), notify=notify
    )


def told() -> list[tuple[User, int]]:
    messages = OutboxMessage.objects.filter(kind="saved_search").order_by("pk")
    return [(message.person, message.subject_id) for message in messages]


def test_a_new_notice_is_told_once_whatever_the_number_of_searches(
    town: Organization, officer: User
) -> None:
    saved(officer, "予防接種")
    saved(officer, "取り扱われたい")
    notice = published(to=[town])

    match_saved_searches()
    match_saved_searches()
    index_notice(notice)
    match_saved_searches()

    assert told() == [(officer, notice.current_version_id)]
    messages = OutboxMessage.objects.filter(kind="saved_search")
    (letter,) = saved_search_letters(list(messages)).values()
    assert "保存した検索「予防接種」、「取り扱われたい」に当てはまる通知" in letter.text
    assert f"/notices/{notice.pk}/" in letter.text
    assert "下記のとおり" not in letter.text


@pytest.mark.parametrize(
    ("typed", "changes"),
    [
        ("生活保護", {}),
        ("接予", {}),
        ("予種接防", {}),
        ("予防接種 -取り扱われたい", {}),
        ("予防接種", {"notify": False}),
        ("予防接種", {"category": "request"}),
        ("", {"year": "2020"}),
    ],
)
def test_what_does_not_fit_is_not_told(
    typed: str, changes: dict[str, Any], town: Organization, officer: User
) -> None:
    saved(officer, typed, **changes)
    published(to=[town])

    match_saved_searches()

    assert told() == []


def test_facets_alone_are_a_search_too(town: Organization, officer: User) -> None:
    saved(officer, "", year="2026", category="notice")
    notice = published(to=[town])

    match_saved_searches()

    assert told() == [(officer, notice.current_version_id)]


def test_nobody_is_told_of_what_they_may_not_see(town: Organization) -> None:
    saved(person_at(OrganizationFactory.create()), "予防接種")
    saved(person_at(PrefectureFactory.create()), "予防接種")
    above = town.prefecture
    assert above
    governor = person_at(above)
    saved(governor, "予防接種")
    published(to=[town])

    match_saved_searches()

    assert [person for person, _ in told()] == [governor]


def test_what_was_published_before_the_search_was_saved_is_not_told(
    town: Organization, officer: User
) -> None:
    notice = published(to=[town])
    saved(officer, "予防接種")
    index_notice(notice)

    match_saved_searches()

    assert told() == []


def test_a_notice_that_is_gone_meanwhile_is_passed_over(town: Organization, officer: User) -> None:
    saved(officer, "予防接種")
    published(to=[town])
    SearchEntry.objects.all().delete()

    match_saved_searches()

    assert told() == []


def test_telling_can_be_switched_off(town: Organization, officer: User) -> None:
    search = saved(officer, "予防接種")
    set_notification(search, by=officer, notify=False)
    published(to=[town])

    match_saved_searches()

    assert told() == []


def test_the_people_who_see_a_notice_are_those_whom_visible_to_shows_it() -> None:
    bureau = RegionalBureauFactory.create()
    prefecture = PrefectureFactory.create(regional_bureau=bureau)
    village = OrganizationFactory.create(prefecture=prefecture)
    division = DivisionFactory.create()
    people = [
        person_at(village),
        person_at(village, Role.VIEWER),
        person_at(prefecture),
        person_at(bureau),
        person_at(division, Role.VIEWER),
        person_at(OrganizationFactory.create(), Role.AUDITOR),
        person_at(OrganizationFactory.create(prefecture=prefecture)),
        person_at(RegionalBureauFactory.create()),
        person_at(PrefectureFactory.create()),
    ]
    for notice in (published(to=[village]), published(to=[prefecture]), published(to=[bureau])):
        seeing = [one for one in people if Notice.objects.visible_to(one).filter(pk=notice.pk)]
        found = people_who_see(notice).filter(pk__in=[one.pk for one in people])

        assert set(found) == set(seeing)
