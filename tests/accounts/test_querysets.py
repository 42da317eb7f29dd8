import pytest

from accounts.audience import HEALTH_CENTER_CITY, AudienceRule
from accounts.models import Organization
from accounts.states import Kind
from tests.factories.accounts import (
    MinistryFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
)

pytestmark = pytest.mark.django_db


def names(rule: AudienceRule) -> set[str]:
    return set(Organization.objects.matching(rule).values_list("name", flat=True))


@pytest.fixture(autouse=True)
def country() -> None:
    MinistryFactory.create()
    north = RegionalBureauFactory.create(code="north", name="北厚生局")
    first = PrefectureFactory.create(code="010006", name="第一県", regional_bureau=north)
    second = PrefectureFactory.create(code="020001", name="第二県", has_health_center=True)
    OrganizationFactory.create(code="011002", name="第一市", kind=Kind.CITY, prefecture=first)
    OrganizationFactory.create(code="021002", name="第二村", prefecture=second)
    OrganizationFactory.create(
        code="021003", name="第二市", kind=Kind.CITY, prefecture=second, has_health_center=True
    )


def test_it_selects_kinds_inside_prefectures() -> None:
    assert names(AudienceRule(kinds=["city", "village"], prefectures=["02"])) == {
        "第二村",
        "第二市",
    }


def test_it_selects_the_area_of_a_bureau_and_the_bureau_itself() -> None:
    rule = AudienceRule(kinds=["regional_bureau", "prefecture", "city"], bureaus=["north"])

    assert names(rule) == {"北厚生局", "第一県", "第一市"}


def test_a_health_center_city_is_no_prefecture() -> None:
    assert names(AudienceRule(kinds=[HEALTH_CENTER_CITY])) == {"第二市"}


def test_the_flag_narrows_the_kinds() -> None:
    rule = AudienceRule(kinds=["prefecture", "city"], health_center_only=True)

    assert names(rule) == {"第二県", "第二市"}


def test_names_are_added_and_exclusions_win() -> None:
    rule = AudienceRule(kinds=["city"], codes=["021002"], excluded_codes=["011002"])

    assert names(rule) == {"第二市", "第二村"}


def test_an_empty_rule_selects_nobody_and_no_rule_the_ministry() -> None:
    assert names(AudienceRule.from_json({})) == set()
    assert names(AudienceRule(kinds=["ministry"], codes=["mhlw"])) == set()
