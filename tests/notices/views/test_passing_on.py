from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Division, Organization, User
from accounts.states import Role
from notices.actions.passing_on import decline
from notices.models import Delivery, Notice
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.notices import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def officer(client: Client, village: Organization) -> User:
    officer = person_at(village)
    client.force_login(officer)
    return officer


@pytest.fixture
def notice(village: Organization) -> Notice:
    return asking(to=[village], due_on=date(2026, 12, 11))


@pytest.fixture
def section(village: Organization) -> Division:
    return DivisionFactory.create(organization=village, name="保健課")


def address(notice: Notice, name: str) -> str:
    return reverse(f"notices:{name}", args=[notice.pk])


def said(client: Client, notice: Notice, name: str, **form: object) -> str:
    answer = client.post(address(notice, name), form, follow=True)
    return str([*answer.context["messages"]][-1]).partition("。")[0]


def test_it_offers_the_divisions_in_force_of_the_own_organization(
    client: Client, officer: User, notice: Notice, section: Division
) -> None:
    DivisionFactory.create(organization=section.organization, name="旧課", valid_to="2020-03-31")
    DivisionFactory.create(name="よその課")

    page = client.get(address(notice, "hand_over"))

    assertContains(page, "保健課")
    assertNotContains(page, "旧課")
    assertNotContains(page, "よその課")


def test_handing_over_leads_back_and_the_page_tells_the_history(
    client: Client, officer: User, notice: Notice, section: Division
) -> None:
    form = {"division": section.pk, "remark": "至急願います"}

    told = [said(client, notice, "hand_over", **form) for _ in range(2)]

    assert told == ["保健課に引き継ぎました", "この通知は、すでに保健課が担当しています"]
    page = client.get(address(notice, "detail"))
    (delivery, steps), *_ = page.context["receipts"]
    assert delivery.division == section
    assert [(step.label, step.person, step.target, step.note) for step in steps] == [
        ("引継ぎ", officer.name, "保健課", "至急願います"),
        ("開封", officer.name, "", ""),
    ]


def test_without_a_division_it_says_so_and_keeps_the_remark(
    client: Client, officer: User, notice: Notice
) -> None:
    page = client.post(address(notice, "hand_over"), {"remark": "至急願います"})

    assertContains(page, "引き継ぐ課室を選んでください。")
    assertContains(page, "至急願います")


def test_declining_names_who_is_responsible_and_can_be_taken_back(
    client: Client, officer: User, notice: Notice
) -> None:
    form = {"to": "福祉局保護課", "reason": "当課の所管ではないため"}

    assert said(client, notice, "decline", **form) == "所管外としました"

    assert Delivery.objects.get().declined_to == "福祉局保護課"
    assertContains(client.get(address(notice, "detail")), "福祉局保護課")
    assert said(client, notice, "decline", **form) == "この通知は、すでに所管外としています"
    assert said(client, notice, "decline_removal") == "「所管外」を取り消しました"
    assert said(client, notice, "decline_removal") == "この通知は、所管外ではありません"


@pytest.mark.parametrize(
    ("field", "complaint"),
    [
        ("to", "所管する機関・課室を入力してください。"),
        ("reason", "所管外とする理由を入力してください。"),
    ],
)
def test_both_fields_of_declining_are_asked_for(
    client: Client, officer: User, notice: Notice, field: str, complaint: str
) -> None:
    form = {"to": "福祉局保護課", "reason": "所管外のため"} | {field: " "}

    assertContains(client.post(address(notice, "decline"), form), complaint)
    assert Delivery.objects.get().declined_at is None


def test_done_is_said_once_and_can_be_taken_back(
    client: Client, officer: User, notice: Notice
) -> None:
    told = [
        said(client, notice, name)
        for name in ("completion", "completion", "completion_removal", "completion_removal")
    ]

    assert told == [
        "対応済みにしました",
        "この通知は、すでに対応済みです",
        "「対応済み」を取り消しました",
        "この通知は、対応済みではありません",
    ]


def test_an_act_that_comes_too_late_is_a_calm_message(
    client: Client, officer: User, notice: Notice
) -> None:
    decline(notice, to="福祉局", reason="所管外", by=officer)

    assert said(client, notice, "completion") == "この通知は所管外としています"


@pytest.mark.parametrize("name", ["hand_over", "decline"])
def test_viewers_are_offered_nothing(
    client: Client, village: Organization, notice: Notice, name: str
) -> None:
    client.force_login(person_at(village, Role.VIEWER))

    assertNotContains(client.get(address(notice, "detail")), address(notice, name))
    assert client.get(address(notice, name)).status_code == 403
