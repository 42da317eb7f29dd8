"""Every form of the builder saves itself, and never over another's work unseen."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from surveys.authoring import part_of
from tests.factories.surveys import draft_survey
from tests.surveys.questionnaire.building import document, number
from tests.surveys.views.builder.desk import Desk
from tests.surveys.views.builder.test_condition import MANY, WRITTEN
from tests.surveys.views.builder.test_rule import COMPARED

pytestmark = pytest.mark.django_db
WHEN = {key: value for key, value in MANY.items() if key != "revision"}
RULE = {key: value for key, value in COMPARED.items() if key != "revision"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the builder: where it is, two contents of it and one that can't be kept, and the
    part of the questionnaire that it writes.
    """

    path: str
    kind: str
    part: str
    mine: dict[str, Any]
    theirs: dict[str, Any]
    faulty: dict[str, Any] = field(default_factory=dict)


SECTION = Form(
    "sections/s1/", "section", "s1", {"title": "私の案"}, {"title": "先の案"}, {"title": ""}
)
CONDITION = Form(
    "conditions/question/name/",
    "question",
    "name",
    WHEN,
    {"when-view": "pick", "when-0-0-subject": ""},
    {"when-view": "formula", "when-text": "${staff} >"},
)
RULES = Form(
    "rules/few/",
    "rule",
    "few",
    RULE | {"message": "私の案"},
    RULE | {"message": "先の案"},
    RULE | {"message": ""},
)
CALCULATION = Form(
    "questions/total/calculation/",
    "question",
    "total",
    {"formula-view": "formula", "formula-text": "${a} + ${b}"},
    {"formula-view": "formula", "formula-text": "${a} * 3"},
    {"formula-view": "formula", "formula-text": "${a} +"},
)
FORMS = [SECTION, CONDITION, RULES, CALCULATION]
NAMES = ["section", "condition", "rule", "calculation"]
every_form = pytest.mark.parametrize("form", FORMS, ids=NAMES)


def desk_of(form: Form) -> Desk:
    if form is not CALCULATION:
        return Desk(draft_survey())
    total = {"id": "total", "type": "calculated", "label": "計", "formula": {"q": "a"}}
    return Desk(draft_survey(document=document(number("a"), number("b"), total)))


def held(desk: Desk, form: Form) -> Any:
    return part_of(desk.revision().document, form.kind, form.part)


def opened(desk: Desk, form: Form) -> dict[str, Any]:
    """What the page hides in its form."""
    context = desk.client.get(desk.address + form.path).context
    return {"revision": context["seen"], "first": context["first"], "mark": context["mark"]}


def autosave(desk: Desk, form: Form, sent: dict[str, Any]) -> Any:
    return desk.post(f"{form.path}autosave/", sent)


@every_form
def test_typing_is_saved_and_is_one_step_with_the_button(form: Form) -> None:
    desk = desk_of(form)
    before, hidden = held(desk, form), opened(desk, form)

    for typed in (form.theirs, form.mine):
        saved = autosave(desk, form, hidden | typed).json()
        hidden |= {"revision": saved["revision"], "mark": saved["mark"]}
    during = held(desk, form)
    response = desk.post(form.path, hidden | form.mine)

    assert (saved["seen_all"], saved["about"]) == (True, form.part)
    assert response.status_code == 302
    assert held(desk, form) == during != before
    desk.step("undo")
    assert held(desk, form) == before


@every_form
def test_what_can_not_be_kept_is_told_and_changes_nothing(form: Form) -> None:
    desk = desk_of(form)
    before, hidden = held(desk, form), opened(desk, form)

    response = autosave(desk, form, hidden | form.faulty)

    assert response.status_code == 422
    assert response.json()["message"]
    assert held(desk, form) == before


@every_form
def test_what_another_changed_is_shown_and_replaced_only_by_decision(form: Form) -> None:
    desk = desk_of(form)
    hidden = opened(desk, form)
    desk.post(form.path, hidden | form.theirs)
    theirs = held(desk, form)

    autosaved = autosave(desk, form, hidden | form.mine)
    refused = desk.post(form.path, hidden | form.mine)
    page, context = refused.content.decode(), refused.context

    assert (autosaved.status_code, refused.status_code) == (409, 409)
    assert "現在の内容（ほかの人が保存）" in page
    assert 'data-draft=""' in page
    assert held(desk, form) == theirs
    now = {"revision": context["seen"], "first": context["first"], "mark": context["mark"]}
    assert desk.post(form.path, now | form.mine).status_code == 302
    assert held(desk, form) != theirs


@every_form
def test_signed_out_a_script_is_told_and_signed_in_anew_gets_a_token(form: Form) -> None:
    desk = desk_of(form)
    fresh = desk.client.get(f"{desk.address}{form.path}autosave/").json()
    desk.client.logout()

    assert list(fresh) == ["token"]
    assert autosave(desk, form, form.mine).status_code == 401


@every_form
def test_rows_that_come_and_go_are_not_saved_by_themselves(form: Form) -> None:
    desk = desk_of(form)
    before, hidden = held(desk, form), opened(desk, form)

    response = autosave(desk, form, hidden | form.faulty | {"list": "add 0"})

    assert response.status_code == 422
    assert held(desk, form) == before


def test_rows_that_come_and_go_do_not_hide_that_another_wrote() -> None:
    desk = desk_of(CONDITION)
    hidden = opened(desk, CONDITION)
    desk.post(CONDITION.path, hidden | CONDITION.theirs)

    rows = desk.post(CONDITION.path, hidden | CONDITION.mine | {"list": "add 0"}).context

    assert {"revision": rows["seen"], "first": rows["first"], "mark": rows["mark"]} == {
        name: str(value) for name, value in hidden.items()
    }


def test_a_new_rule_is_there_once_it_can_be_kept_and_is_then_changed() -> None:
    desk = desk_of(RULES)
    address, count = "new-rule/autosave/", len(desk.revision().document["rules"])
    hidden = {"revision": desk.revision().edit, "first": desk.revision().edit, "mark": ""}

    unfinished = desk.post(address, hidden | RULE | {"message": ""})
    saved = desk.post(address, hidden | RULE).json()
    rule = f"rules/{saved['about']}/"
    again = desk.post(
        f"{rule}autosave/",
        hidden | RULE | {"message": "別の文", "revision": saved["revision"], "mark": saved["mark"]},
    )

    assert (unfinished.status_code, again.status_code) == (422, 200)
    assert len(desk.revision().document["rules"]) == count + 1
    assert desk.revision().document["rules"][-1]["message"] == "別の文"
    desk.step("undo")
    assert len(desk.revision().document["rules"]) == count


def test_a_condition_that_is_saved_by_itself_is_the_one_that_was_picked() -> None:
    desk = desk_of(CONDITION)

    autosave(desk, CONDITION, opened(desk, CONDITION) | CONDITION.mine)

    assert desk.question("name")["visible_if"] == WRITTEN
