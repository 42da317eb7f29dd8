"""A drafter at the builder: by keyboard, by dragging, while it saves itself, beside another."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from surveys.actions import apply_step
from surveys.authoring import all_questions, change_question, find_question
from surveys.models import QuestionnaireRevision
from tests.factories.accounts import person_at
from tests.factories.surveys import draft_survey
from tests.surveys.actions.test_images import PNG
from tests.surveys.browser.signing_in import sign_in
from tests.surveys.questionnaire.building import Json, document, number, text, yesno

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


class Desk:
    """A drafter with the builder of a small draft open."""

    def __init__(self, live_server: LiveServer, page: Page, content: Json) -> None:
        self.survey = draft_survey(document=content)
        self.page = page
        sign_in(page.context, live_server.url, self.survey.created_by)
        page.goto(f"{live_server.url}/surveys/managed/{self.survey.pk}/questionnaire/")

    @property
    def revision(self) -> QuestionnaireRevision:
        return QuestionnaireRevision.objects.get(survey=self.survey)

    def ids(self) -> list[str]:
        return [question["id"] for question in all_questions(self.revision.document)]

    def label(self, question_id: str) -> str:
        return str(find_question(self.revision.document, question_id)[1]["label"])

    def says(self, words: str) -> None:
        expect(self.page.locator("#said")).to_contain_text(words)
        self.settled()

    def settled(self) -> None:
        """What htmx has brought answers from then on."""
        expect(self.page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)


@pytest.fixture
def desk(live_server: LiveServer, browser_page: Page) -> Desk:
    return Desk(live_server, browser_page, document(yesno("q1"), text("q2"), text("q3")))


def test_cards_move_by_keyboard_and_keep_the_focus(desk: Desk) -> None:
    desk.page.locator("#down-q1").focus()

    desk.page.keyboard.press("Enter")
    desk.says("3問中2番目に移動しました。")
    expect(desk.page.locator("#down-q1")).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.says("3問中3番目に移動しました。")

    assert desk.ids() == ["q2", "q3", "q1"]
    desk.page.locator("#undo").press("Enter")
    desk.says("を取り消しました。")
    assert desk.ids() == ["q2", "q1", "q3"]


def test_a_section_a_question_and_its_condition_by_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    page.locator("#section-add").press("Enter")
    desk.says("節「無題の節」を追加しました。")
    page.locator("#more-s2").press("Enter")
    expect(page.locator("button[value='add s2 number -']")).to_be_visible()
    desk.settled()
    page.locator("button[value='add s2 number -']").press("Enter")
    expect(page.locator("#q4-label")).to_be_focused()
    desk.settled()
    page.keyboard.press("Control+A")
    page.keyboard.type("職員数")
    page.keyboard.press("Enter")
    desk.says("設問「職員数」を変更しました。")
    expect(page.locator("#edit-q4")).to_be_focused()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#q4-when-0-0-subject")).to_be_visible()
    desk.settled()
    page.locator("#q4-when-0-0-subject").select_option("q q1")
    expect(page.locator("#q4-when-0-0-op")).to_be_visible()
    desk.settled()
    page.locator("#form-when-q4 .actions button").press("Enter")
    expect(page.locator("#form-when-q4")).to_have_count(0)  # the same words stood there before

    desk.says("設問「職員数」を変更しました。")
    question = find_question(desk.revision.document, "q4")[1]
    assert question["label"] == "職員数"
    assert question["visible_if"] == {"q": "q1", "op": "eq", "value": True}


def test_a_card_is_dragged(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 1280, "height": 1600})
    grip = desk.page.locator("#card-q1 [data-grip]").bounding_box()
    target = desk.page.locator("#label-q3").bounding_box()
    assert grip is not None
    assert target is not None

    desk.page.mouse.move(grip["x"] + 5, grip["y"] + 8)
    desk.page.mouse.down()
    desk.page.mouse.move(target["x"] + 20, target["y"] + 5, steps=5)
    desk.page.mouse.up()

    desk.says("3問中3番目に移動しました。")
    assert desk.ids() == ["q2", "q3", "q1"]


def test_what_is_typed_saves_itself_and_is_one_step(desk: Desk) -> None:
    desk.page.locator("#edit-q2").click()
    field = desk.page.locator("#q2-label")
    state = desk.page.locator("#form-q2 [data-save-state]")

    field.fill("窓口")
    expect(state).to_contain_text("保存しました")
    field.fill("窓口の名称")
    expect(state).to_contain_text("入力中です")
    expect(state).to_contain_text("保存しました")
    assert desk.label("q2") == "窓口の名称"

    desk.page.locator("#undo").click()
    desk.says("を取り消しました。")
    assert desk.label("q2") == "設問q2"


def test_what_can_not_be_kept_is_said_and_nothing_else_is_done(desk: Desk) -> None:
    desk.page.locator("#edit-q2").click()
    desk.page.locator("#q2-label").fill("")
    desk.page.locator("#down-q1").click()

    expect(desk.page.locator("#form-q2 [data-save-state]")).to_contain_text("保存できていません。")
    expect(desk.page.locator("#form-q2")).to_be_visible()
    assert desk.ids() == ["q1", "q2", "q3"]


def test_a_question_that_another_changed_meanwhile_is_shown_beside_what_was_typed(
    desk: Desk,
) -> None:
    desk.page.locator("#edit-q2").click()
    expect(desk.page.locator("#q2-label")).to_be_visible()
    content = {**find_question(desk.revision.document, "q2")[1], "label": "先の案"}
    step = partial(change_question, question_id="q2", content=content)
    apply_step(desk.revision, step, by=person_at(desk.survey.division), edit=0)

    desk.page.locator("#q2-label").fill("私の案")
    expect(desk.page.locator("#form-q2 [data-save-state]")).to_contain_text(
        "ほかの人が内容を変更しました"
    )
    desk.page.get_by_role("button", name="保存して閉じる").last.click()

    expect(desk.page.locator("#form-q2 .conflict")).to_contain_text("先の案")
    expect(desk.page.locator("#q2-label")).to_have_value("私の案")
    assert desk.label("q2") == "先の案"
    desk.page.get_by_role("button", name="保存して閉じる").last.click()
    desk.says("設問「私の案」を変更しました。")
    assert desk.label("q2") == "私の案"


def test_a_section_and_a_condition_save_themselves_as_they_are_written(desk: Desk) -> None:
    page = desk.page
    page.locator("#edit-s1").click()
    expect(page.locator("#form-s1 [data-save-state]")).to_contain_text("自動で保存します")
    page.locator("#s1-title").fill("体制")
    expect(page.locator("#form-s1 [data-save-state]")).to_contain_text("保存しました")
    assert desk.revision.document["sections"][0]["title"] == "体制"

    page.locator("#when-q2").click()
    expect(page.locator("#form-when-q2 [data-save-state]")).to_contain_text("自動で保存します")
    desk.settled()
    page.locator("#q2-when-0-0-subject").select_option("q q1")

    expect(page.locator("#q2-when-0-0-op")).to_be_visible()
    expect(page.locator("#form-when-q2 [data-save-state]")).to_contain_text("保存しました")
    question = find_question(desk.revision.document, "q2")[1]
    assert question["visible_if"] == {"q": "q1", "op": "eq", "value": True}
    page.locator("#undo").click()
    desk.says("を取り消しました。")
    assert "visible_if" not in find_question(desk.revision.document, "q2")[1]


def test_a_new_rule_is_kept_as_soon_as_it_can_be_and_then_changed(
    live_server: LiveServer, browser_page: Page
) -> None:
    desk, page = Desk(live_server, browser_page, document(number("n"))), browser_page
    page.goto(f"{page.url}rules/?view=formula")
    state = page.locator("[data-save-state]")
    page.locator("#rule-text").fill("${n} > 0")
    expect(state).to_contain_text("保存できていません。")
    page.locator("[name=message]").fill("0より大きい数を入力してください。")
    expect(state).to_contain_text("保存しました")

    page.locator("[name=message]").fill("正の数を入力してください。")
    expect(state).to_contain_text("入力中です")
    expect(state).to_contain_text("保存しました")

    assert page.url.endswith("/rules/r1/")
    assert [rule["message"] for rule in desk.revision.document["rules"]] == [
        "正の数を入力してください。"
    ]


def test_an_image_is_uploaded_and_shown_where_it_was_put(desk: Desk) -> None:
    page = desk.page
    page.locator("#more-s1").click()
    page.get_by_role("link", name="画像").click()
    page.locator("[name=file]").set_input_files(
        {"name": "図.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_label("画像の説明").fill("体制の図")
    page.get_by_role("button", name="画像を加える").click()

    image = page.get_by_role("img", name="体制の図")
    expect(image).to_be_visible()
    assert image.evaluate("shown => shown.naturalWidth") == 1
    assert len(desk.ids()) == 4
