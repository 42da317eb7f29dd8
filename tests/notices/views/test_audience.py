from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audience import AudienceRule
from accounts.models import Organization, RecipientGroup
from notices.actions.drafting import set_audience
from notices.models import Notice
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import a_draft, approver_of, drafter_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    tokyo = PrefectureFactory.create(code="130001")
    return OrganizationFactory.create(
        code="133078", name="檜原村", kana="ひのはらむら", prefecture=tokyo
    )


@pytest.fixture
def notice() -> Notice:
    return a_draft()


def page_of(notice: Notice) -> str:
    return reverse("notices:audience", args=[notice.pk])


def test_it_saves_the_rule(client: Client, notice: Notice, village: Organization) -> None:
    client.force_login(notice.created_by)
    choice = {"kinds": ["city", "town"], "codes": [village.code], "revision": 1, "save": "1"}

    response = client.post(page_of(notice), choice)

    notice.refresh_from_db()
    assert response.headers["Location"] == reverse("notices:detail", args=[notice.pk])
    assert notice.audience == AudienceRule(kinds=["city", "town"], codes=[village.code])


def test_counting_saves_nothing(client: Client, notice: Notice, village: Organization) -> None:
    person_at(village)
    assert village.prefecture
    RegionalBureauFactory.create()
    client.force_login(notice.created_by)
    choice = {"kinds": ["village", "prefecture", "regional_bureau"], "revision": 1, "count": "1"}

    hits = client.post(page_of(notice), choice).context["hits"]

    notice.refresh_from_db()
    assert (hits["total"], hits["people"]) == (3, 1)
    assert hits["levels"] == [("地方厚生（支）局", 1), ("都道府県", 1), ("市区町村", 1)]
    assert [row["level"] for row in hits["organizations"]] == [
        "regional_bureau",
        "prefecture",
        "municipality",
    ]
    assert notice.audience == AudienceRule()


def test_htmx_gets_the_count_alone(client: Client, notice: Notice, village: Organization) -> None:
    client.force_login(notice.created_by)

    response = client.post(
        page_of(notice), {"codes": [village.code]}, headers={"HX-Request": "true"}
    )

    assert response.text.strip().startswith('<section class="card" id="hits"')
    assert "檜原村" in response.text


@pytest.mark.parametrize("typed", ["檜原", "ひのはら", " 檜原村 "])
def test_it_finds_organizations_by_name(
    client: Client, notice: Notice, village: Organization, typed: str
) -> None:
    client.force_login(notice.created_by)

    singles = client.post(page_of(notice), {"query": typed, "find": "1"}).context["singles"]

    assert [(single.name, single.is_added) for single in singles] == [(village.full_name, False)]


def test_what_was_chosen_before_stays_beside_what_is_found(
    client: Client, notice: Notice, village: Organization
) -> None:
    added, left_out = OrganizationFactory.create_batch(2)
    client.force_login(notice.created_by)
    choice: dict[str, Any] = {"codes": [added.code], "excluded_codes": [left_out.code]}

    singles = client.post(page_of(notice), {**choice, "query": "檜原"}).context["singles"]

    assert {(s.code, s.is_added, s.is_left_out) for s in singles} == {
        (added.code, True, False),
        (left_out.code, False, True),
        (village.code, False, False),
    }


def test_the_saved_choice_is_shown(client: Client, notice: Notice, village: Organization) -> None:
    rule = AudienceRule(kinds=["prefecture"], excluded_codes=[village.code])
    set_audience(notice, by=notice.created_by, rule=rule)
    PrefectureFactory.create()
    client.force_login(notice.created_by)

    context = client.get(page_of(notice)).context

    assert context["form"]["kinds"].value() == ["prefecture"]
    assert context["hits"]["total"] == 2
    assert [(s.code, s.is_left_out) for s in context["singles"]] == [(village.code, True)]


def test_a_stale_choice_comes_back_unsaved(client: Client, notice: Notice) -> None:
    set_audience(notice, by=notice.created_by, rule=AudienceRule(kinds=["city"]))
    client.force_login(notice.created_by)
    choice = {"kinds": ["town"], "revision": 1, "save": "1"}

    form = client.post(page_of(notice), choice).context["form"]

    notice.refresh_from_db()
    assert form["kinds"].value() == ["town"]
    assert notice.audience == AudienceRule(kinds=["city"])


@pytest.mark.parametrize(
    "choice", [{"kinds": ["x"]}, {"codes": ["\0"]}, {"query": "\0"}, {"query": "あ" * 40_000}]
)
def test_nonsense_is_said_and_changes_nothing(
    client: Client, notice: Notice, choice: dict[str, Any]
) -> None:
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), {**choice, "revision": 1, "save": "1"})

    notice.refresh_from_db()
    assert response.context["form"].errors
    assert notice.audience == AudienceRule()


def test_others_may_not_choose(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))
    assert client.get(page_of(notice)).status_code == 403
    assert client.post(page_of(notice), {"save": "1", "revision": 1}).status_code == 403

    client.force_login(drafter_of(DivisionFactory.create()))
    assert client.get(page_of(notice)).status_code == 404


def test_a_pasted_list_is_added_and_what_nobody_is_stays_in_the_box(
    client: Client, notice: Notice, village: Organization
) -> None:
    client.force_login(notice.created_by)
    typed = {"pasted": "檜原村\n存在しない市", "revision": 1, "paste": "1"}

    response = client.post(page_of(notice), typed)

    form = response.context["form"]
    assert [one.code for one in response.context["singles"] if one.is_added] == [village.code]
    assert form["pasted"].value() == "存在しない市"
    assert form.errors["pasted"] == ["「存在しない市」に当たる団体がありません。"]
    assert [str(m) for m in response.context["messages"]] == [
        "貼り付けた一覧から1団体を加えました。"
    ]


def test_saving_takes_a_pasted_list_along_or_nothing(
    client: Client, notice: Notice, village: Organization
) -> None:
    client.force_login(notice.created_by)

    client.post(page_of(notice), {"pasted": "檜原村\n何か", "revision": 1, "save": "1"})
    notice.refresh_from_db()
    assert notice.audience == AudienceRule()

    client.post(page_of(notice), {"pasted": "檜原村", "revision": 1, "save": "1"})
    notice.refresh_from_db()
    assert notice.audience == AudienceRule(codes=[village.code])


def test_a_group_is_kept_loaded_and_dropped(client: Client, notice: Notice) -> None:
    client.force_login(notice.created_by)
    page = page_of(notice)

    client.post(page, {"kinds": ["town"], "group_name": "町だけ", "revision": 1, "keep": "1"})
    group = RecipientGroup.objects.get()
    loaded = client.post(page, {"group": group.pk, "revision": 1, "load": "1"})
    assert loaded.context["form"].initial["kinds"] == ["town"]
    assert notice.audience == AudienceRule()
    client.post(page, {"group": group.pk, "revision": 1, "drop": "1"})

    assert (group.division, group.rule) == (notice.division, AudienceRule(kinds=["town"]))
    assert RecipientGroup.objects.count() == 0


@pytest.mark.parametrize(
    ("pressed", "field", "complaint"),
    [
        ("load", "group", "宛先グループを選んでください。"),
        ("drop", "group", "宛先グループを選んでください。"),
        ("keep", "group_name", "宛先グループの名称を入力してください。"),
    ],
)
def test_a_group_must_be_named(
    client: Client, notice: Notice, pressed: str, field: str, complaint: str
) -> None:
    client.force_login(notice.created_by)

    form = client.post(page_of(notice), {"revision": 1, pressed: "1"}).context["form"]

    assert form.errors == {field: [complaint]}


def test_another_divisions_group_is_not_offered(client: Client, notice: Notice) -> None:
    group = RecipientGroup.objects.create(
        division=DivisionFactory.create(), name="よその", stored_rule={}
    )
    client.force_login(notice.created_by)

    form = client.post(page_of(notice), {"group": group.pk, "load": "1"}).context["form"]

    assert list(form.errors) == ["group"]


def test_the_map_counts_organizations_by_prefecture(
    client: Client, notice: Notice, village: Organization
) -> None:
    client.force_login(notice.created_by)

    hits = client.post(page_of(notice), {"kinds": ["village"]}).context["hits"]

    assert [tile.full_text for tile in hits["map"].tiles if tile.code == "13"] == ["1団体"]
