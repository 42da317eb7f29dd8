from typing import Any

import pytest
from django.test import Client

from accounts.models import Division
from accounts.states import Role
from surveys.actions import hand_section
from surveys.models import Assignment
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client: Client) -> Assignment:
    """An assignment of the town whose window officer has signed in."""
    found = assignment(organization=OrganizationFactory.create())
    client.force_login(person_at(found.organization))
    return found


@pytest.fixture
def welfare(asked: Assignment) -> Division:
    return DivisionFactory.create(organization=asked.organization, name="福祉課")


def page_of(asked: Assignment, rest: str = "") -> str:
    return f"/surveys/assignments/{asked.pk}/gathering/{rest}"


def hand(client: Client, asked: Assignment, to: Division) -> Any:
    form = {"division": to.pk, "note": "期限は来週です。", "held_by": ""}
    return client.post(page_of(asked), form, follow=True)


def test_it_is_handed_over_with_a_note_that_the_page_shows(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    response = hand(client, asked, welfare)

    page = client.get(page_of(asked))
    assert [str(m) for m in response.context["messages"]] == [
        "回答の取りまとめを福祉課に依頼しました。"
    ]
    assert page.context["assignment"].division == welfare
    assert page.context["last"].detail["note"] == "期限は来週です。"
    assert "窓口の課室に引き取る" in page.text


def test_the_division_gives_it_back(client: Client, asked: Assignment, welfare: Division) -> None:
    hand(client, asked, welfare)
    client.force_login(person_at(welfare, Role.DRAFTER))

    shown = client.get(page_of(asked))
    form = {"note": "所管外です。", "held_by": shown.context["back_form"]["held_by"].value()}
    response = client.post(page_of(asked, "return/"), form, follow=True)

    asked.refresh_from_db()
    assert "窓口の課室に戻す" in shown.text
    assert [str(m) for m in response.context["messages"]] == [
        "回答の取りまとめを窓口の課室に戻しました。"
    ]
    assert asked.division is None


def test_without_a_division_the_note_stays_in_the_form(client: Client, asked: Assignment) -> None:
    DivisionFactory.create(organization=asked.organization)

    response = client.post(page_of(asked), {"note": "期限は来週です。", "held_by": ""})

    assert response.status_code == 422
    assert response.context["hand_form"].errors == {
        "division": ["取りまとめを依頼する課室を選んでください。"]
    }
    assert "期限は来週です。" in response.text


def test_the_page_offers_the_other_divisions_alone(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    DivisionFactory.create(organization=OrganizationFactory.create())

    form = client.get(page_of(asked)).context["hand_form"]

    assert list(form.fields["division"].queryset) == [welfare]


def test_a_third_division_reads_who_may(client: Client, asked: Assignment) -> None:
    client.force_login(person_at(DivisionFactory.create(organization=asked.organization)))

    context = client.get(page_of(asked)).context

    assert (context["may_name"], context["gathers"]) == (False, False)


def test_the_list_names_the_division_and_holds_what_is_its_own(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    parted, windows = (assignment(organization=asked.organization) for _ in range(2))
    window = person_at(asked.organization)
    hand(client, asked, welfare)
    hand_section(parted, "s1", to=welfare, note="", by=window)

    shown = {}
    for person in (window, person_at(welfare)):
        client.force_login(person)
        response = client.get("/surveys/?show=mine")
        shown[person] = set(response.context["assignments"])

    assert list(shown.values()) == [{parted, windows}, {asked, parted}]
    assert "取りまとめ：福祉課" in response.text


@pytest.mark.parametrize("size", [1, 3])
def test_the_own_list_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: Any
) -> None:
    organization = OrganizationFactory.create()
    division = DivisionFactory.create(organization=organization)
    for _ in range(size):
        assignment(organization=organization)
    Assignment.objects.update(division=division)
    client.force_login(person_at(division))

    with django_assert_num_queries(7):
        response = client.get("/surveys/?show=mine")

    assert len(response.context["assignments"]) == size
