from typing import Any

import pytest

from surveys.actions import mark_of
from surveys.authoring import Json, all_questions, blank_question
from surveys.questionnaire import QuestionType
from tests.factories.surveys import draft_survey
from tests.surveys.questionnaire.building import SAMPLES, document, number
from tests.surveys.views.builder.desk import Desk

pytestmark = pytest.mark.django_db
TYPES = sorted(set(QuestionType) - {QuestionType.IMAGE})


@pytest.fixture
def desk() -> Desk:
    return Desk(draft_survey())


def sent_by(desk: Desk, question_id: str) -> dict[str, Any]:
    """What the form sends when nothing in it is touched."""
    form = desk.client.get(f"{desk.address}questions/{question_id}/").context["form"]
    fields: dict[str, Any] = {}
    for part in [form, *(row for each in form.lists for row in each.rows)]:
        for field in part:
            value = field.value()
            if value is not False and value not in (None, ""):
                fields[field.html_name] = (
                    field.field.prepare_value(value)
                    if isinstance(value, list) and field.name != "kinds"
                    else value
                )
    edit = desk.revision().edit
    mark = mark_of(desk.question(question_id))
    return {
        **fields,
        "disabled": sorted(form.disabled),
        "revision": edit,
        "first": edit,
        "mark": mark,
    }


def bare(question: Json) -> Json:
    """Without what means nothing: no limit, no text, not carried over."""
    if not isinstance(question, dict):
        return question
    kept = {k: v for k, v in question.items() if v is not False and v not in (None, "", [])}
    kept.pop("totals", None) if not any((kept.get("totals") or {}).values()) else None
    for key in ("options", "rows", "columns"):
        if key in kept:
            kept[key] = [bare(part) for part in kept[key]]
    if kept.get("free_text"):
        kept["free_text"] = bare(kept["free_text"])
    if kept.get("decimals") == 0:
        del kept["decimals"]
    return kept


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["id"])
def test_saving_a_question_untouched_changes_nothing(sample: dict[str, Any]) -> None:
    desk = Desk(draft_survey(document=sample))
    before = {q["id"]: bare(q) for q in all_questions(desk.revision().document)}

    for question_id in before:
        assert desk.post(f"questions/{question_id}/", sent_by(desk, question_id)).status_code == 302

    assert {q["id"]: bare(q) for q in all_questions(desk.revision().document)} == before


@pytest.mark.parametrize("type_", TYPES)
def test_a_question_of_each_type_is_written(type_: str) -> None:
    desk = Desk(draft_survey(document=document(number("a"))))
    desk.step(f"add s1 {type_} a")

    response = desk.post("questions/q1/", sent_by(desk, "q1") | {"label": "問い", "help": "説明"})

    written = {**blank_question(type_, [number("a")]), "id": "q1", "label": "問い", "help": "説明"}
    assert response.status_code == 302
    assert bare(desk.question("q1")) == bare(written)


def test_a_bad_value_is_told_at_its_place_and_stays(desk: Desk) -> None:
    response = desk.post("questions/staff/", sent_by(desk, "staff") | {"min": "十", "label": ""})

    page = response.content.decode()
    assert 'href="#staff-label"' in page
    assert 'value="十"' in page
    assert desk.revision().edit == 0


def test_limits_are_read_as_people_type_them(desk: Desk) -> None:
    desk.post("questions/staff/", sent_by(desk, "staff") | {"min": "１", "max": "12,000"})

    assert (desk.question("staff")["min"], desk.question("staff")["max"]) == (1, 12000)


def test_what_the_engine_refuses_is_told(desk: Desk) -> None:
    page = desk.post(
        "questions/staff/", sent_by(desk, "staff") | {"min": "5", "max": "3"}
    ).content.decode()

    assert "数値の範囲が逆です" in page


def test_options_come_by_a_button_and_keep_their_values(desk: Desk) -> None:
    sent = sent_by(desk, "form")

    form = desk.client.post(
        f"{desk.address}questions/form/", sent | {"list": "options add"}
    ).context["form"]
    added = [row["value"].value() for row in form.lists[0].rows]
    desk.post("questions/form/", sent | {"options-2-value": added[2], "options-2-label": "委託"})

    assert added == ["1", "9", "10"]
    assert desk.question("form")["options"][2] == {"value": "10", "label": "委託"}


def test_lines_are_pasted_as_options(desk: Desk) -> None:
    desk.step("add s1 single staff")
    pasted = {"list": "options paste", "options-paste": "・直営\n・委託\n\n・なし"}

    form = desk.client.post(f"{desk.address}questions/q1/", sent_by(desk, "q1") | pasted).context[
        "form"
    ]

    rows = [(row["value"].value(), row["label"].value()) for row in form.lists[0].rows]
    assert rows == [("1", "直営"), ("2", "委託"), ("3", "なし")]


@pytest.mark.parametrize(
    ("act", "left"),
    [("up 1", ["9", "1"]), ("down 0", ["9", "1"]), ("remove 0", ["9"]), ("up 0", ["1", "9"])],
)
def test_options_move_and_go(desk: Desk, act: str, left: list[str]) -> None:
    form = desk.client.post(
        f"{desk.address}questions/form/", sent_by(desk, "form") | {"list": f"options {act}"}
    ).context["form"]

    assert [row["value"].value() for row in form.lists[0].rows] == left
    assert desk.revision().edit == 0


def test_a_list_is_never_empty(desk: Desk) -> None:
    sent = {k: v for k, v in sent_by(desk, "ways").items() if not k.startswith("options")}

    assert "選択肢を1つ以上入力してください" in desk.post("questions/ways/", sent).content.decode()


def test_cells_are_closed(desk: Desk) -> None:
    desk.post("questions/cases/", sent_by(desk, "cases") | {"disabled": ["new.m", "x.y"]})

    assert desk.question("cases")["disabled_cells"] == [["new", "m"]]


def test_typing_saves_itself_as_one_step(desk: Desk) -> None:
    sent = sent_by(desk, "staff")
    for label in ("職", "職員の数"):
        saved = desk.post("questions/staff/autosave/", sent | {"label": label}).json()
        sent |= {"revision": saved["revision"], "mark": saved["mark"]}

    desk.step("undo")

    assert saved["seen_all"] is True
    assert desk.question("staff")["label"] == "職員数"
    assert desk.revision().edit == 0


def test_a_question_changed_by_another_is_not_overwritten_unseen(desk: Desk) -> None:
    mine = sent_by(desk, "staff") | {"label": "私の案"}
    desk.post("questions/staff/", sent_by(desk, "staff") | {"label": "先の案"})

    autosaved = desk.post("questions/staff/autosave/", mine)
    response = desk.post("questions/staff/", mine)
    page = response.content.decode()

    assert (autosaved.status_code, response.status_code) == (409, 409)
    assert 'value="私の案"' in page
    assert "先の案" in page
    assert desk.question("staff")["label"] == "先の案"


def test_sending_the_conflict_once_more_decides(desk: Desk) -> None:
    mine = sent_by(desk, "staff") | {"label": "私の案"}
    desk.post("questions/staff/", sent_by(desk, "staff") | {"label": "先の案"})
    context = desk.client.post(f"{desk.address}questions/staff/", mine).context

    desk.post("questions/staff/", mine | {"revision": context["seen"], "mark": context["mark"]})

    assert desk.question("staff")["label"] == "私の案"


def test_signed_out_a_script_is_told(desk: Desk) -> None:
    desk.client.logout()

    assert desk.post("questions/staff/autosave/", {}).status_code == 401
