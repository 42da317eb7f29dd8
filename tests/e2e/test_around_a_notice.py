"""What is said around a notice: a prefecture's cover note, a question with its public answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Organization
from accounts.states import Role
from notices.models import Notice
from tests.e2e.pages import field, follow, go, heading, picture, press
from tests.e2e.people import sign_in
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.notices import drafter_of, published

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ASKED = "第一村の様式は、押印が必要ですか。"
PUBLIC = "様式に押印は必要か。"
ANSWERED = "押印は不要です。"


@pytest.fixture
def prefecture(transactional_db: None) -> Organization:
    return PrefectureFactory.create(name="緑県")


@pytest.fixture
def towns(prefecture: Organization) -> list[Organization]:
    """One in the prefecture, one elsewhere."""
    return [OrganizationFactory.create(prefecture=prefecture), OrganizationFactory.create()]


@pytest.fixture
def notice(towns: list[Organization]) -> Notice:
    return published(to=towns)


def test_a_prefecture_adds_a_note_that_only_its_towns_read(
    desk: Callable[..., Page],
    notice: Notice,
    prefecture: Organization,
    towns: list[Organization],
    complaints: list[str],
) -> None:
    writer, officer, stranger = desk(), desk(), desk()
    sign_in(writer, person_at(prefecture, Role.DRAFTER))
    go(writer, "管内の通知")
    follow(writer, "予防接種の実施について")
    follow(writer, "管内の市区町村への連絡を書く")
    heading(writer, "管内の市区町村への連絡")
    field(writer, "本文").fill("１　県への報告は不要です。")
    writer.get_by_label("加えるファイル").set_input_files(
        {"name": "県様式.txt", "mimeType": "text/plain", "buffer": "様式".encode()}
    )
    press(writer, "下書きを保存する")
    expect(writer.get_by_text("下書きを保存しました。")).to_be_visible()
    picture(writer, "cover-note-draft")
    press(writer, "市区町村に公開する")
    expect(writer.get_by_text("公開し、メールで知らせました。")).to_be_visible()

    for page, town in zip((officer, stranger), towns, strict=True):
        sign_in(page, person_at(town))
        page.goto(f"/notices/{notice.pk}/")

    note = officer.get_by_role("region", name="緑県からの連絡")
    expect(note.get_by_text("県への報告は不要です。")).to_be_visible()
    with officer.expect_download() as started:
        note.get_by_role("link", name="県様式.txt").click()
    assert started.value.path().read_bytes() == "様式".encode()
    picture(officer, "cover-note")
    expect(stranger.get_by_role("heading", level=1)).to_be_visible()
    expect(stranger.get_by_text("緑県からの連絡")).to_have_count(0)
    assert complaints == []


def test_a_question_becomes_an_answer_for_all_without_its_asker(
    desk: Callable[..., Page], notice: Notice, towns: list[Organization], complaints: list[str]
) -> None:
    officer, drafter, stranger = desk(), desk(), desk()
    address = f"/notices/{notice.pk}/"
    sign_in(officer, person_at(towns[0]))
    officer.goto(address)
    follow(officer, "発出元に質問する")
    field(officer, "質問").fill(ASKED)
    press(officer, "質問を送る")
    expect(officer.get_by_text("回答待ち")).to_be_visible()

    sign_in(drafter, drafter_of(notice.division))
    follow(drafter, "回答を待つ質問")
    picture(drafter, "questions-waiting")
    follow(drafter, ASKED)
    field(drafter, "回答").fill(ANSWERED)
    drafter.get_by_label("通知を受け取ったすべての団体に公開する").check()
    field(drafter, "公開する質問の文").first.fill(PUBLIC)
    picture(drafter, "question-answering")
    press(drafter, "回答を送る")
    expect(drafter.get_by_text("すべての団体にも公開しました。")).to_be_visible()
    picture(drafter, "question-answered")

    officer.goto("/")
    follow(officer, "回答のあった質問")
    follow(officer, ASKED)
    expect(officer.get_by_text(ANSWERED).first).to_be_visible()
    sign_in(stranger, person_at(towns[1]))
    stranger.goto(address)
    shared = stranger.get_by_role("article", name="質問と回答 1")
    expect(shared.get_by_text(PUBLIC)).to_be_visible()
    expect(shared.get_by_text(ANSWERED)).to_be_visible()
    for page in (address, "/notices/questions/?q=押印"):
        stranger.goto(page)
        expect(stranger.get_by_text(PUBLIC)).to_be_visible()
        assert towns[0].name not in stranger.content()
        assert ASKED not in stranger.content()
    picture(stranger, "questions")
    assert complaints == []
