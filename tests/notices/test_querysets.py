"""Each test holds rows that could leak."""

import pytest

from accounts.models import Membership, Organization, User
from accounts.querysets import OUTSIDE_PREFECTURES
from accounts.states import Role
from notices.actions.receiving import acknowledge, open_delivery
from notices.models import Delivery, Notice
from tests.factories.accounts import (
    DivisionFactory,
    MinistryFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    UserFactory,
    person_at,
)
from tests.factories.notices import a_draft, in_review, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Organization:
    return RegionalBureauFactory.create()


@pytest.fixture
def prefecture(bureau: Organization) -> Organization:
    return PrefectureFactory.create(regional_bureau=bureau)


@pytest.fixture
def village(prefecture: Organization) -> Organization:
    return OrganizationFactory.create(prefecture=prefecture)


def visible(user: User) -> set[Notice]:
    return set(Notice.objects.visible_to(user))


def test_addressees_and_those_above_them_see_a_published_notice(
    bureau: Organization, prefecture: Organization, village: Organization
) -> None:
    notice = published(to=[village])
    published(to=[OrganizationFactory.create()])
    a_draft()
    in_review(to=[village])

    for place in (village, prefecture, bureau):
        assert visible(person_at(place, Role.VIEWER)) == {notice}


def test_what_went_to_the_prefecture_alone_is_hidden_from_its_municipality(
    prefecture: Organization, village: Organization
) -> None:
    published(to=[prefecture])

    assert visible(person_at(village)) == set()


def test_a_neighbour_sees_nothing(village: Organization, prefecture: Organization) -> None:
    published(to=[village])
    neighbour = OrganizationFactory.create(prefecture=prefecture)

    assert visible(person_at(neighbour)) == set()
    assert visible(person_at(PrefectureFactory.create())) == set()
    assert visible(person_at(RegionalBureauFactory.create())) == set()


def test_the_ministry_sees_all_published_and_its_own_divisions_drafts() -> None:
    division = DivisionFactory.create()
    mine, reviewed = a_draft(division=division), in_review(to=[OrganizationFactory.create()])
    out = published(to=[OrganizationFactory.create()])

    assert visible(person_at(division, Role.VIEWER)) == {mine, out}
    assert visible(person_at(reviewed.division, Role.APPROVER)) == {reviewed, out}


def test_an_auditor_sees_everything() -> None:
    everything = {a_draft(), published(to=[OrganizationFactory.create()])}

    assert visible(person_at(DivisionFactory.create(), Role.AUDITOR)) == everything


def test_people_without_membership_or_whose_membership_ended_see_nothing(
    village: Organization,
) -> None:
    published(to=[village])
    former = person_at(village)
    Membership.objects.filter(user=former).update(valid_from="2020-04-01", valid_to="2021-03-31")

    assert visible(UserFactory.create()) == set()
    assert visible(User.objects.get(pk=former.pk)) == set()


def test_deliveries_are_seen_as_far_as_the_area_reaches(
    bureau: Organization, prefecture: Organization, village: Organization
) -> None:
    foreign = OrganizationFactory.create()
    published(to=[prefecture, village, foreign])

    def seen(place: Organization) -> set[Organization]:
        rows = Delivery.objects.visible_to(person_at(place)).select_related("organization")
        return {row.organization for row in rows}

    assert seen(village) == {village}
    assert seen(prefecture) == {prefecture, village}
    assert seen(bureau) == {prefecture, village}
    assert seen(MinistryFactory.create()) == {prefecture, village, foreign}


def test_unread_is_per_person_and_unopened_per_organization(village: Organization) -> None:
    one, other = person_at(village), person_at(village)
    notice = published(to=[village])
    open_delivery(notice, by=one)

    mine = Delivery.objects.for_organizations_of(one)
    assert mine.unread_by(one).count() == 0
    assert mine.unread_by(other).count() == 1
    assert mine.unopened().count() == 0
    assert [row.is_read for row in mine.with_reading_of(one)] == [True]  # type: ignore[attr-defined] # annotated
    assert [row.is_read for row in mine.with_reading_of(other)] == [False]  # type: ignore[attr-defined] # annotated


@pytest.mark.parametrize(
    "typed",
    ["１１２３第１号", "1123第1", "ﾖﾎﾞｳ", "予防", "ISEI", " 予防 ", "高﨑", "髙崎", "第1号 予防"],
)
def test_titles_and_numbers_are_found_in_any_width_and_variant(
    typed: str, village: Organization
) -> None:
    notice = published(to=[village], title="髙﨑市の予防接種（ヨボウ）", number="Isei1123第１号")
    published(to=[village], title="生活保護の実施", number="社援発0401第9号")

    assert set(Notice.objects.mentioning(typed)) == {notice}
    assert [row.notice for row in Delivery.objects.mentioning(typed)] == [notice]


def test_signs_of_the_database_are_looked_for_as_they_are(village: Organization) -> None:
    published(to=[village], title="割合の報告")
    percent = published(to=[village], title="100%の達成_について")

    assert set(Notice.objects.mentioning("%の達成_")) == {percent}
    assert Notice.objects.mentioning("\0\x07 ").count() == 2


def test_counts_by_prefecture_and_by_notice(
    bureau: Organization, prefecture: Organization, village: Organization
) -> None:
    notice = published(to=[bureau, prefecture, village])
    acknowledge(notice, by=person_at(village))
    open_delivery(notice, by=person_at(prefecture))

    rows = [tuple(row.values()) for row in Delivery.objects.all().by_prefecture()]
    assert rows == [
        ("", "", 1, 0, 0),
        (prefecture.prefecture_code, prefecture.prefecture_name, 2, 2, 1),
    ]
    assert Delivery.objects.all().totals() == {
        "delivered": 3,
        "opened": 2,
        "acknowledged": 1,
        "declined": 0,
        "owing": 2,
    }
    progress = Delivery.objects.all().progress_of([notice])
    assert progress == {
        notice.pk: {
            "notice": notice.pk,
            "delivered": 3,
            "opened": 2,
            "acknowledged": 1,
            "owing": 2,
        }
    }


def test_one_prefecture_or_the_bureaus_can_be_picked_out(
    bureau: Organization, prefecture: Organization, village: Organization
) -> None:
    published(to=[bureau, prefecture, village, OrganizationFactory.create()])

    def inside(code: str) -> set[int]:
        rows = Delivery.objects.all().in_prefecture(code)
        return set(rows.values_list("organization", flat=True))

    assert inside(prefecture.prefecture_code) == {prefecture.pk, village.pk}
    assert inside(OUTSIDE_PREFECTURES) == {bureau.pk}
