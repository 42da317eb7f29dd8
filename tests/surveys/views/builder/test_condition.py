import pytest

from tests.factories.surveys import draft_survey
from tests.surveys.views.builder.desk import HTMX, Desk

pytestmark = pytest.mark.django_db
NAME = "conditions/question/name/"
MANY = {
    "when-view": "pick",
    "when-0-match": "all",
    "when-0-0-subject": "q staff",
    "when-0-0-op": "ge",
    "when-0-0-value": "１０",
    "when-0-1-subject": "attr kind",
    "when-0-1-op": "in",
    "when-0-1-value": ["city", "town"],
    "revision": "0",
}
WRITTEN = {
    "all": [
        {"q": "staff", "op": "ge", "value": 10},
        {"attr": "kind", "op": "in", "value": ["city", "town"]},
    ]
}


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def test_only_what_comes_before_is_offered(desk: Desk) -> None:
    page = desk.get(NAME)

    assert "この画面を開いたときの条件：「窓口の有無」が「はい」のとき" in page
    assert 'value="q desk" selected' in page
    assert 'value="q form"' not in page


def test_a_condition_is_picked(desk: Desk) -> None:
    response = desk.post(NAME, MANY)

    assert response["Location"].endswith("#card-name")
    assert desk.question("name")["visible_if"] == WRITTEN


def test_a_section_too(desk: Desk) -> None:
    desk.post("conditions/section/s2/", MANY)

    assert desk.revision().document["sections"][1]["visible_if"] == WRITTEN


def test_a_condition_is_taken_away(desk: Desk) -> None:
    desk.post(NAME, {"when-view": "pick", "when-0-0-subject": "", "revision": "0"})

    assert "visible_if" not in desk.question("name")


def test_rows_and_groups_come_and_go_without_saving(desk: Desk) -> None:
    added = desk.post(NAME, MANY | {"list": "add 0"}, headers=HTMX).context["editor"]
    grouped = desk.post(NAME, MANY | {"list": "group"}).context["editor"]
    removed = desk.post(NAME, MANY | {"list": "remove 0 0"}).context["editor"]

    assert [len(rows) for _, _, rows in added.rows] == [3]
    assert [len(rows) for _, _, rows in grouped.rows] == [2, 1]
    assert [row.row.subject for _, _, rows in removed.rows for row in rows] == ["attr kind"]
    assert desk.revision().edit == 0


def test_what_is_missing_is_told_and_what_was_picked_stays(desk: Desk) -> None:
    page = desk.post(NAME, MANY | {"when-0-0-value": ""}).content.decode()

    assert "「職員数」と比べる値を入力してください。" in page
    assert 'value="q staff" selected' in page


def test_a_formula_says_the_same(desk: Desk) -> None:
    shown = desk.get(f"{NAME}?view=formula")
    sent = {"when-view": "formula", "when-text": "not(${staff} > 3)", "revision": "0"}
    desk.post(NAME, sent)

    assert "${desk} = true()" in shown
    assert desk.question("name")["visible_if"] == {"not": {"q": "staff", "op": "gt", "value": 3}}
    assert "選んで組み立てる画面では表せません" in desk.get(NAME)


def test_a_slip_in_a_formula_is_told_with_its_place(desk: Desk) -> None:
    sent = {"when-view": "formula", "when-text": "${staff} >", "revision": "0"}

    page = desk.post(NAME, sent).content.decode()

    assert "文字目：" in page
    assert desk.revision().edit == 0


def test_what_the_engine_refuses_is_told(desk: Desk) -> None:
    sent = {"when-view": "formula", "when-text": "${form} = '1'", "revision": "0"}

    page = desk.post(NAME, sent).content.decode()

    assert "後にある設問「運営の形」を参照しています" in page
