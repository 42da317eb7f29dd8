from typing import Any

import pytest

from accounts.audience import AudienceRule
from accounts.forms.audience import AudienceForm
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
)

pytestmark = pytest.mark.django_db


def form(**typed: Any) -> AudienceForm:
    return AudienceForm(typed, division=DivisionFactory.create())


def test_a_valid_form_gives_the_rule() -> None:
    bureau = RegionalBureauFactory.create()
    prefecture = PrefectureFactory.create(regional_bureau=bureau)
    village, town = OrganizationFactory.create_batch(2, prefecture=prefecture)

    filled = form(
        kinds=["prefecture", "health_center_city"],
        health_center_only="on",
        prefectures=[prefecture.prefecture_code],
        bureaus=[bureau.code],
        codes=[village.code],
        excluded_codes=[town.code],
    )

    assert filled.is_valid()
    assert filled.rule() == AudienceRule(
        kinds=["prefecture", "health_center_city"],
        prefectures=[prefecture.prefecture_code],
        bureaus=[bureau.code],
        codes=[village.code],
        excluded_codes=[town.code],
        health_center_only=True,
    )


def test_an_empty_form_is_the_rule_of_nobody() -> None:
    filled = form()

    assert filled.is_valid()
    assert filled.rule() == AudienceRule()


def test_values_that_the_page_did_not_offer_are_refused() -> None:
    assert set(form(kinds=["ministry"], prefectures=["99"], bureaus=["x"]).errors) == {
        "kinds",
        "prefectures",
        "bureaus",
    }


@pytest.mark.parametrize("code", ["999999", "\0", "あ", "9" * 40_000])
def test_an_unknown_code_is_refused(code: str) -> None:
    OrganizationFactory.create()

    assert not form(codes=[code]).is_valid()


def test_the_same_organization_is_not_both_added_and_left_out() -> None:
    village = OrganizationFactory.create()

    assert form(codes=[village.code], excluded_codes=[village.code]).errors == {
        "__all__": ["同じ団体に「加える」と「除く」の両方が選ばれています。"]
    }


def test_prefectures_stand_in_the_order_of_their_codes() -> None:
    for code in ("130001", "010006"):
        PrefectureFactory.create(code=code)

    choices = form().fields["prefectures"].choices  # type: ignore[attr-defined] # a ChoiceField
    assert [value for value, _ in choices] == ["01", "13"]
