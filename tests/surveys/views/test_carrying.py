from typing import Any

import pytest
from django.test import Client

from surveys.actions import carry_over
from surveys.models import Assignment
from surveys.responses import load_response
from tests.factories.accounts import person_at
from tests.factories.surveys import answer, assignment
from tests.surveys.rounds import second_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client: Client) -> Assignment:
    """The second round of a village whose drafter has signed in."""
    found = second_round()
    client.force_login(person_at(found.organization))
    return found


def page(client: Client, asked: Assignment, path: str = "") -> str:
    return client.get(f"/surveys/assignments/{asked.pk}/{path}").content.decode()


def section(client: Client, asked: Assignment, **form: str) -> Any:
    """A post of the section as its page would send it."""
    address = f"/surveys/assignments/{asked.pk}/sections/s1/"
    seen = client.get(address).context["seen"]
    held = {f"f-{key}": str(value) for key, value in asked.answers.values_list("field", "value")}
    return client.post(address, {"seen": seen, **held, **form})


def test_the_tasks_offer_the_last_values_until_they_are_in(
    client: Client, asked: Assignment
) -> None:
    offered = page(client, asked)

    response = client.post(f"/surveys/assignments/{asked.pk}/previous-values/", follow=True)

    assert "空欄の3項目に、前回の調査で提出した値を入れられます。" in offered
    told = response.content.decode()
    assert "前回の値を3項目に入れました。" in told
    assert "前回の値（未確認）：3件" in told
    assert "前回の値を入れる" not in told
    assert [task.step["state"] for task in response.context["tasks"]] == ["要確認"]
    assert response.context["way_on"][0] == "続きから回答する"


def test_nothing_is_offered_without_a_previous_round(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    assert "前回" not in page(client, asked)


def test_a_question_shows_the_last_answer_and_the_mark(client: Client, asked: Assignment) -> None:
    before = page(client, asked, "sections/s1/")
    carry_over(asked, by=person_at(asked.organization))

    after = page(client, asked, "sections/s1/")

    assert "前回：10人" in before
    assert "前回：直営" in before
    assert "研修" not in before
    assert before.count("前回の値（未確認）") == 0
    assert after.count("前回の値（未確認）") == 3
    assert "確認していない項目が3件あります" in after


@pytest.mark.parametrize(("which", "left"), [("staff", ["form", "name"]), ("", [])])
def test_values_are_confirmed_by_question_or_all_together(
    client: Client, asked: Assignment, which: str, left: list[str]
) -> None:
    carry_over(asked, by=person_at(asked.organization))

    response = section(client, asked, confirm=which)

    assert load_response(asked).unconfirmed == left
    anchor = f"#q-{which}" if which else ""
    assert response["Location"] == f"/surveys/assignments/{asked.pk}/sections/s1/{anchor}"


def test_what_somebody_wrote_meanwhile_is_not_confirmed_unseen(
    client: Client, asked: Assignment
) -> None:
    carry_over(asked, by=person_at(asked.organization))
    address = f"/surveys/assignments/{asked.pk}/sections/s1/"
    old = client.get(address).context["seen"]
    Assignment.objects.get(pk=asked.pk).answers.filter(field="staff").update(value=99, revision=2)

    client.post(
        address,
        {"seen": old, "f-staff": "10", "f-form": "1", "f-name": "相談窓口", "confirm": ""},
    )

    assert load_response(asked).unconfirmed == ["staff"]


def test_a_script_learns_that_the_mark_is_gone(client: Client, asked: Assignment) -> None:
    carry_over(asked, by=person_at(asked.organization))
    changes = {"staff": {"value": "11", "revision": 1}}

    content = client.post(
        f"/surveys/assignments/{asked.pk}/answers/",
        {"section": "s1", "changes": changes},
        content_type="application/json",
    ).json()

    carried = {key: question["carried"] for key, question in content["questions"].items()}
    assert carried == {"staff": False, "form": True, "name": True, "year": False}


def test_the_check_page_leads_to_what_is_not_confirmed(client: Client, asked: Assignment) -> None:
    carry_over(asked, by=person_at(asked.organization))

    stops = client.get(f"/surveys/assignments/{asked.pk}/review/").context["stops"]

    assert [stop.label for stop in stops] == ["職員数", "運営", "名称"]
    assert stops[0].url.endswith("/sections/s1/?check=1#q-staff")


def test_the_comparison_tells_what_differs_and_by_how_much(
    client: Client, asked: Assignment
) -> None:
    answer(asked, person_at(asked.organization), staff="12", form="1", year="研修")

    context = client.get(f"/surveys/assignments/{asked.pk}/comparison/").context

    ((found, lines),) = context["sections"]
    assert found.title == "体制"
    assert [(line.label, line.now, line.before, line.change) for line in lines] == [
        ("職員数", "12人", "10人", "+20.0％"),
        ("名称", "", "相談窓口", ""),
    ]
    assert (context["differing"], context["count"]) == (2, 4)


def test_the_comparison_shows_the_same_on_request(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), form="1")

    context = client.get(f"/surveys/assignments/{asked.pk}/comparison/?all=1").context

    ((_, lines),) = context["sections"]
    assert [line.change for line in lines] == ["", "同じ", "", ""]


def test_without_a_previous_round_the_comparison_says_so(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    assert "比べられる前回の回答がありません" in page(client, asked, "comparison/")
