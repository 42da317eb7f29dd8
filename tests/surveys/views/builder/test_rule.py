import pytest

from tests.factories.surveys import draft_survey
from tests.surveys.questionnaire.building import document, number
from tests.surveys.views.builder.desk import Desk

pytestmark = pytest.mark.django_db
COMPARED = {
    "view": "pick",
    "kind": "compare",
    "left-view": "pick",
    "left-shape": "sum",
    "left-term": ["cell cases new m", "cell cases new f"],
    "op": "le",
    "right-view": "pick",
    "right-shape": "mul",
    "right-term": ["q staff"],
    "right-number": "１００",
    "level": "warning",
    "message": "件数が多すぎませんか。",
    "when-view": "pick",
    "when-0-0-subject": "q desk",
    "when-0-0-op": "eq",
    "when-0-0-value": "true",
    "revision": "0",
}
WRITTEN = {
    "id": "r1",
    "level": "warning",
    "message": "件数が多すぎませんか。",
    "left": {"sum": [{"cell": ["cases", "new", "m"]}, {"cell": ["cases", "new", "f"]}]},
    "op": "le",
    "right": {"mul": [{"q": "staff"}, 100]},
    "when": {"q": "desk", "op": "eq", "value": True},
}


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def rules(desk: Desk) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.revision().document["rules"]
    return found


def test_two_values_are_compared(desk: Desk) -> None:
    response = desk.post("rules/", COMPARED)

    assert response.status_code == 302
    assert rules(desk)[-1] == WRITTEN


def test_a_change_against_the_last_round(desk: Desk) -> None:
    sent = {"kind": "change", "left-shape": "amount", "left-term": ["q staff"], "percent": "30"}

    desk.post("rules/", COMPARED | sent)

    rule = rules(desk)[-1]
    assert (rule["left"], rule["op"]) == ({"change_rate": {"q": "staff"}}, "le")
    assert rule["right"] == {"const": 0.3}
    assert 'name="percent" value="30' in desk.get("rules/r1/")


def test_rows_that_must_differ(desk: Desk) -> None:
    desk.post("rules/", COMPARED | {"kind": "unique", "columns": "cases m"})

    assert rules(desk)[-1]["unique"] == ["cases", ["m"]]


def test_a_rule_is_changed_where_it_stands(desk: Desk) -> None:
    page = desk.get("rules/few/")
    desk.post("rules/few/", COMPARED | {"message": "確かめてください。"})

    assert 'value="q staff" selected' in page
    assert rules(desk)[0] == WRITTEN | {"id": "few", "message": "確かめてください。"}


def test_a_rule_is_written_as_a_formula(desk: Desk) -> None:
    sent = COMPARED | {"view": "formula", "text": "abs(${staff} - 3) <= 10"}

    shown = desk.get("rules/few/?view=formula")
    desk.post("rules/few/", sent)

    assert "${staff} &gt;= 2" in shown
    assert rules(desk)[0]["left"] == {"abs": {"sub": [{"q": "staff"}, {"const": 3}]}}
    assert "選んで組み立てる画面では表せません" in desk.get("rules/few/")


@pytest.mark.parametrize(
    ("slip", "reason"),
    [
        ({"message": ""}, "回答する人に表示する文を入力してください。"),
        ({"left-term": []}, "1つ選んでください"),
        ({"right-number": "多い"}, "数字で入力してください"),
        ({"kind": "unique"}, "列を選んでください"),
        ({"kind": "change"}, "増減の上限を入力してください"),
        ({"view": "formula", "text": "${staff} >"}, "文字目："),
        ({"view": "formula", "text": "${nobody} > 1"}, "はありません"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_kept(
    desk: Desk, slip: dict[str, object], reason: str
) -> None:
    response = desk.post("rules/", COMPARED | slip)

    assert response.status_code == 200
    assert reason in response.content.decode()
    assert desk.revision().edit == 0


def test_adding_a_row_to_the_condition_keeps_what_was_typed(desk: Desk) -> None:
    page = desk.post("rules/", COMPARED | {"list": "add 0"}).content.decode()

    assert "件数が多すぎませんか。" in page
    assert 'name="when-0-1-subject"' in page


def test_a_calculation_is_picked_or_written() -> None:
    desk = Desk(draft_survey(document=document(number("a"), number("b"))))
    desk.step("add s1 calculated b")
    picked = {
        "formula-view": "pick",
        "formula-shape": "percent",
        "formula-term": ["q a", "q b"],
        "revision": "1",
    }

    first = desk.post("questions/q1/calculation/", picked)
    share = desk.question("q1")["formula"]
    written = {"formula-view": "formula", "formula-text": "round(${a}, 1)", "revision": "2"}
    desk.post("questions/q1/calculation/", written)

    assert first.status_code == 302
    assert share == {"mul": [{"div": [{"q": "a"}, {"q": "b"}]}, 100]}
    assert desk.question("q1")["formula"] == {"round": [{"q": "a"}, 1]}
    assert "選んで組み立てる画面では表せません" in desk.get("questions/q1/calculation/")
