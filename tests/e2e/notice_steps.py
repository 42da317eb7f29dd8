"""A notice over its pages, from the first word to the acknowledgement."""

from collections.abc import Collection
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.pages import choice, field, follow, go, heading, press


@dataclass(frozen=True, slots=True)
class Text:
    """What the drafter types."""

    number: str = "感発1123第1号"
    issued_on: str = "令和8年11月23日"
    addressee: str = "各 保健所設置市長 殿"
    title: str = "インフルエンザの流行に備えた体制の確認について（依頼）"
    body: str = (
        "標記について、別紙のとおり確認をお願いする。\n\n記\n\n１　体制\n　　=SUM(A1)はそのまま。"
    )
    contact: str = "感染症対策部 予防接種課"


def write(page: Page, text: Text) -> None:
    """Begin a notice and save the draft."""
    go(page, "起案・決裁")
    follow(page, "通知を起案する")
    field(page, "文書番号").fill(text.number)
    field(page, "発出日").fill(text.issued_on)
    field(page, "宛名").fill(text.addressee)
    field(page, "件名").fill(text.title)
    field(page, "本文").fill(text.body)
    choice(page, "重要度", "重要").check()
    choice(page, "求める対応", "対応").check()
    field(page, "対応の期限").fill("R8.12.11")
    field(page, "課室名").fill(text.contact)
    field(page, "内線").fill("2000")
    press(page, "下書きを保存する")
    heading(page, text.title)


def attach(page: Page, files: list[FilePayload]) -> None:
    """Attach the files at once and come back to the draft."""
    follow(page, "添付を設定する")
    field(page, "ファイル").set_input_files(files)
    press(page, "添付する")
    for file in files:
        expect(page.get_by_role("link").filter(has_text=file["name"])).to_be_visible()
    follow(page, "起案の内容に戻る")


def see_count(page: Page, count: int) -> None:
    """Wait for the live count of organizations."""
    hits = page.get_by_role("region", name="宛先になる団体")
    expect(hits.locator(".card-count")).to_have_text(f"{count:,}団体")


def choose_kinds(page: Page, kinds: Collection[str]) -> None:
    for kind in kinds:
        choice(page, "団体の種別", kind).check()


def add_by_name(page: Page, typed: str, *, found: str) -> None:
    """Look for an organization by name and tick it."""
    field(page, "団体の名称で探す").fill(typed)
    press(page, "探す")
    page.get_by_label(f"{found}を加える", exact=True).check()


def save_audience(page: Page, *, count: int) -> None:
    press(page, "宛先を保存する")
    expect(page.get_by_text("宛先を保存しました。")).to_be_visible()
    expect(page.get_by_text(f"{count:,}団体", exact=True)).to_be_visible()


def submit(page: Page) -> None:
    press(page, "決裁に回す")
    expect(page.get_by_text("決裁に回しました。")).to_be_visible()


def open_draft(page: Page, title: str) -> None:
    """From the list of drafts."""
    go(page, "起案・決裁")
    follow(page, title)


def give_back(page: Page, reason: str) -> None:
    """The approver returns it with a reason."""
    field(page, "差戻しの理由").fill(reason)
    press(page, "起案者に差し戻す")
    expect(page.get_by_text("起案者に差し戻しました。")).to_be_visible()


def publish(page: Page, *, organizations: int) -> None:
    """The approver looks at the confirmation page and publishes."""
    follow(page, "発出の確認に進む")
    expect(page.get_by_text(f"{organizations:,}団体", exact=True)).to_be_visible()
    press(page, "発出する")
    expect(page.get_by_text("発出しました。")).to_be_visible()


def download(page: Page, name: str) -> bytes:
    """The bytes behind a link, which come under the name that the link shows."""
    with page.expect_download() as started:
        page.get_by_role("link").filter(has_text=name).click()
    assert started.value.suggested_filename == name
    return started.value.path().read_bytes()


def acknowledge(page: Page) -> None:
    press(page, "確認済みにする")
    expect(page.get_by_text("確認済みにしました。")).to_be_visible()
    expect(page.get_by_role("button", name="確認済みにする")).to_have_count(0)
