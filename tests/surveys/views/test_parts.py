from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Division
from accounts.states import Role
from surveys.actions import hand_section
from surveys.models import Assignment
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import COMPLETE, DOCUMENT, answer, assignment

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


def address(asked: Assignment, rest: str = "") -> str:
    return f"/surveys/assignments/{asked.pk}/sections/s1/{rest}"


def hand(client: Client, asked: Assignment, to: Division) -> Any:
    form = {"division": to.pk, "note": "期限は来週です。", "held_by": ""}
    return client.post(address(asked, "part/"), form)


def test_a_section_is_handed_over_and_the_list_tells_to_whom(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    response = hand(client, asked, welfare)

    page = client.get(response["Location"]).content.decode()
    assert "担当：福祉課" in page
    assert "「体制」の入力を福祉課に依頼しました。" in page


def test_the_page_offers_the_other_divisions_alone(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    DivisionFactory.create(organization=OrganizationFactory.create())

    form = client.get(address(asked, "part/")).context["hand_form"]

    assert list(form.fields["division"].queryset) == [welfare]


@pytest.mark.usefixtures("welfare")
def test_without_a_division_the_note_stays_in_the_form(client: Client, asked: Assignment) -> None:
    response = client.post(address(asked, "part/"), {"note": "期限は来週です。", "held_by": ""})

    assert response.status_code == 422
    assert "入力を依頼する課室を選んでください。" in response.content.decode()
    assert "期限は来週です。" in response.content.decode()


def test_who_gathers_is_led_from_the_inputs_to_the_page_of_the_part(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    hand(client, asked, welfare)

    response = client.get(address(asked))

    assert response["Location"] == address(asked, "part/")
    steps = client.get(f"/surveys/assignments/{asked.pk}/").context["tasks"]
    assert [task.step["url"] for task in steps] == [address(asked, "part/")]


def test_what_was_typed_before_it_was_handed_over_stays_on_the_page(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    hand(client, asked, welfare)

    response = client.post(address(asked), {"seen": "{}", "f-staff": "77"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "この節は別の課室に入力を依頼しているため、保存できません。" in page
    assert 'value="77"' in page


def test_a_script_is_told_the_same_at_the_field(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    hand(client, asked, welfare)
    changes = {"staff": {"value": "77", "revision": 0}}

    response = client.post(
        f"/surveys/assignments/{asked.pk}/answers/",
        {"section": "s1", "changes": changes},
        content_type="application/json",
    )

    assert response.json()["fields"]["staff"]["outcome"] == "refused"
    assert asked.answers.count() == 0


def test_the_division_writes_says_done_and_the_list_shows_it(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    hand(client, asked, welfare)
    officer = person_at(welfare, Role.DRAFTER)
    client.force_login(officer)
    answer(asked, officer, **COMPLETE)
    assert "連絡事項：期限は来週です。" in client.get(address(asked)).content.decode()

    response = client.post(address(asked), {"seen": "{}", "done": "1"}, follow=True)

    assert response.redirect_chain == [(f"/surveys/assignments/{asked.pk}/", 302)]
    assert f"完了：{officer.name}" in response.content.decode()


def test_what_is_still_missing_is_shown_in_place_of_done(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    hand(client, asked, welfare)
    client.force_login(person_at(welfare))

    response = client.post(address(asked), {"seen": "{}", "done": "1"}, follow=True)

    assert response.redirect_chain == [(f"{address(asked)}?check=1", 302)]
    assert "項目が2件あるため、完了にできません。" in response.content.decode()


def test_the_division_gives_it_back(client: Client, asked: Assignment, welfare: Division) -> None:
    hand(client, asked, welfare)
    client.force_login(person_at(welfare))

    client.post(address(asked, "part/return/"), {"note": "所管外です。", "held_by": welfare.pk})

    work = asked.section_works.get()
    assert (work.division, work.note) == (None, "所管外です。")


def test_an_old_page_is_told_that_the_division_changed(
    client: Client, asked: Assignment, welfare: Division
) -> None:
    hand(client, asked, welfare)

    response = hand(client, asked, welfare)

    assert response.status_code == 409
    assert "この節の担当が変わっています。" in response.content.decode()


def test_a_section_that_is_not_asked_is_not_there(client: Client, asked: Assignment) -> None:
    pages = [
        client.get(f"/surveys/assignments/{asked.pk}/sections/{section}/part/")
        for section in ("s2", "s9")
    ]

    assert [page.status_code for page in pages] == [404, 404]


def test_a_mark_is_set_and_taken_back(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), **COMPLETE)
    client.post(address(asked, "part/completion/"))
    marked = asked.section_works.get().done_at

    client.post(address(asked, "part/completion/"), {"undone": "1"})

    assert marked is not None
    assert asked.section_works.get().done_at is None


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_of_tasks_costs_the_same_for_one_and_three_parts(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sections = [{**DOCUMENT["sections"][0], "id": f"s{number}"} for number in range(size)]
    for number, section in enumerate(sections):
        question = {"id": f"q{number}", "type": "yesno", "label": "有無", "required": True}
        section["questions"] = [question]
    town = OrganizationFactory.create()
    asked = assignment(organization=town, document={"sections": sections, "rules": []})
    person = person_at(town)
    for section in sections:
        division = DivisionFactory.create(organization=town)
        hand_section(asked, section["id"], to=division, note="", by=person)
    client.force_login(person)

    with django_assert_num_queries(15):
        response = client.get(f"/surveys/assignments/{asked.pk}/")

    assert len(response.context["tasks"]) == size
