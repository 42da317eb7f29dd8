from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from surveys.actions import close_survey, give_warning_reasons
from surveys.models import Assignment
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment

pytestmark = pytest.mark.django_db


def post(client: Client, asked: Assignment, payload: Any) -> Any:
    return client.post(
        f"/surveys/assignments/{asked.pk}/answers/", payload, content_type="application/json"
    )


def change(section: str = "s1", revision: int = 0, **values: Any) -> dict[str, Any]:
    keys = {name.replace("__", "."): value for name, value in values.items()}
    changes = {key: {"value": value, "revision": revision} for key, value in keys.items()}
    return {"section": section, "changes": changes}


@pytest.fixture
def asked(client: Client) -> Assignment:
    """An assignment of the village whose drafter has signed in."""
    found = assignment()
    client.force_login(person_at(found.organization))
    return found


def test_it_saves_and_tells_what_became_visible(client: Client, asked: Assignment) -> None:
    response = post(client, asked, change(desk="true", ways=["2", "1"]))

    content = response.json()
    assert response.status_code == 200
    assert dict(asked.answers.values_list("field", "value")) == {"desk": True, "ways": ["1", "2"]}
    assert content["fields"]["desk"]["revision"] == 1
    assert content["fields"]["ways"]["value"] == ["1", "2"]
    assert content["questions"]["name"]["visible"] is True
    assert [step["id"] for step in content["sections"]] == ["s1", "s2"]


def test_it_adds_up_tables_and_explains_rules(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), desk="true", staff="100")

    content = post(client, asked, change("s2", cases__new__m="1,000", cases__new__f="x")).json()

    cases = content["questions"]["cases"]
    assert cases["totals"]["rows"] == {"new": "1,000", "old": ""}
    assert cases["totals"]["grand"] == "1,000"
    assert [message["text"] for message in cases["messages"]] == [
        "新規／女：数字で入力してください。"
    ]
    assert content["wrong"] == ["cases.new.f"]


def test_it_lists_what_to_look_at_with_the_input_of_each(client: Client, asked: Assignment) -> None:
    content = post(client, asked, change(staff="多数", since="去年")).json()

    assert [(each["id"], each["label"]) for each in content["problems"]] == [
        ("f-staff", "職員数"),
        ("f-since", "開設日"),
    ]


def test_a_warning_is_listed_until_its_reason_is_given(client: Client, asked: Assignment) -> None:
    person = person_at(asked.organization)
    few = post(client, asked, change(staff="1")).json()["problems"]
    give_warning_reasons(asked, by=person, reasons={"few": "小さな村のため。"})

    explained = post(client, asked, change(since="2020-04-01")).json()["problems"]

    assert [each["id"] for each in few] == ["f-staff"]
    assert explained == []


def test_a_stale_change_is_answered_with_both_values(client: Client, asked: Assignment) -> None:
    other = person_at(asked.organization)
    answer(asked, other, staff="5")

    response = post(client, asked, change(staff="7"))

    field = response.json()["fields"]["staff"]
    assert response.status_code == 409
    assert (field["outcome"], field["revision"], field["value"]) == ("stale", 1, "5")
    assert field["conflict"] == {
        "key": "staff",
        "label": "職員数",
        "theirs": "5人",
        "yours": "7人",
        "writer": f"ほかの方（{other.name}）",
        "time": f"{timezone.localtime(asked.answers.get().updated_at):%H:%M}",
        "own": False,
    }


def test_what_can_not_be_kept_is_said_at_the_field(client: Client, asked: Assignment) -> None:
    field = post(client, asked, change(name="呼\x07鈴")).json()["fields"]["name"]

    assert field["outcome"] == "refused"
    assert field["message"] == "使用できない制御文字（U+0007）が含まれているため保存できません。"


@pytest.mark.parametrize(
    "payload",
    [
        "not json",
        [],
        {"changes": []},
        {"changes": {"staff": "1"}},
        {"changes": {"staff": {"value": 1, "revision": 0}}},
        {"changes": {"staff": {"value": "1", "revision": "0"}}},
        {"changes": {"ways": {"value": [["1"]], "revision": 0}}},
    ],
)
def test_another_shape_is_refused(client: Client, asked: Assignment, payload: Any) -> None:
    assert post(client, asked, payload).status_code == 400
    assert asked.answers.count() == 0


def test_a_closed_survey_is_said_and_nothing_saved(client: Client, asked: Assignment) -> None:
    close_survey(asked.survey, by=asked.survey.created_by)

    response = post(client, asked, change(staff="1"))

    message = "この調査は受付を終了しているため、回答を変更できません。"
    assert (response.status_code, response.json()) == (409, {"message": message})
    assert asked.answers.count() == 0


def test_a_script_that_is_signed_out_gets_401(client: Client, asked: Assignment) -> None:
    client.logout()

    assert post(client, asked, change(staff="1")).status_code == 401
    assert client.get(f"/surveys/assignments/{asked.pk}/answers/").status_code == 401


def test_a_page_gets_a_fresh_token_and_the_name_of_who_signed_in(
    client: Client, asked: Assignment
) -> None:
    person = person_at(asked.organization)
    client.force_login(person)

    content = client.get(f"/surveys/assignments/{asked.pk}/answers/").json()

    assert content["person"] == person.pk
    assert len(content["token"]) == 64


def test_a_stranger_finds_nothing(client: Client, asked: Assignment) -> None:
    client.force_login(person_at(OrganizationFactory.create()))

    assert post(client, asked, change(staff="1")).status_code == 404


def test_a_second_window_of_the_same_person_is_told_as_such(client: Client) -> None:
    asked = assignment()
    person = person_at(asked.organization)
    client.force_login(person)
    answer(asked, person, staff="5")

    field = post(client, asked, change(staff="7")).json()["fields"]["staff"]

    assert field["conflict"]["writer"] == "あなた（別の画面）"
    assert field["conflict"]["own"] is True


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"changes":' * 100_000,
        '{"changes": {"\\u0000": {"value": "1", "revision": 0}}}',
        '{"changes": {"\\ud800": {"value": "1", "revision": 0}}}',
        '{"changes": {"staff": {"value": "1", "revision": 1e999}}}',
    ],
)
def test_hostile_json_is_told_as_unreadable(client: Client, asked: Assignment, body: str) -> None:
    address = f"/surveys/assignments/{asked.pk}/answers/"

    response = client.post(address, body, content_type="application/json")

    message = "送信された内容を読み取れませんでした。"
    assert (response.status_code, response.json()) == (400, {"message": message})
    assert asked.answers.count() == 0
