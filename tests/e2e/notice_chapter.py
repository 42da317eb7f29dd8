"""The first chapter: a notice goes from the drafter over approver and worker to the officer."""

import re

from playwright.sync_api import FilePayload, Page, expect

from accounts.states import Kind
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from tests.e2e import notice_steps as steps
from tests.e2e.pages import cells_of, choice, field, follow, heading, picture, press
from tests.e2e.people import fill_sign_in, sign_in, sign_out
from tests.e2e.world import World, listed
from tests.factories.accounts import PASSWORD
from tests.faults.station import wait_until
from tests.smtp_sink import SmtpSink

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
FILES: list[FilePayload] = [
    {"name": "別紙１　確認の要領（髙﨑市の例）.pdf", "mimeType": "application/pdf", "buffer": PDF},
    {
        "name": "別紙２_連絡先一覧.csv",
        "mimeType": "text/csv",
        "buffer": "市,電話\r\n横浜市,=1".encode(),
    },
]
TEXT = steps.Text()
CITIES = {"中核市": Kind.CORE_CITY, "特別区": Kind.SPECIAL_WARD, "市": Kind.CITY}
REASON = "横浜市が宛先に入っていません。"


def tell(world: World, *, drafter: Page, approver: Page, officer: Page, post_box: SmtpSink) -> None:
    """Write, return, mend, publish, read, download, acknowledge, and look how far it has come."""
    in_tokyo = listed(CITIES.values(), prefecture="東京都", health_center_only=True)
    sign_in(drafter, world.drafter)
    steps.write(drafter, TEXT)
    steps.attach(drafter, FILES)
    choose_audience(drafter, in_tokyo)
    steps.submit(drafter)
    sign_in(approver, world.approver)
    steps.open_draft(approver, TEXT.title)
    steps.give_back(approver, REASON)
    mend(drafter, in_tokyo)
    steps.open_draft(approver, TEXT.title)
    picture(approver, "notice-in-review")
    steps.publish(approver, organizations=in_tokyo + 1)
    link = wait_for_mail(world, post_box)
    look_at_inbox(officer, world)
    read(officer, world, link)
    steps.acknowledge(officer)
    see_progress(approver, in_tokyo)


def choose_audience(page: Page, in_tokyo: int) -> None:
    follow(page, "宛先を選ぶ")
    steps.choose_kinds(page, CITIES)
    steps.see_count(page, listed(CITIES.values()))
    field(page, "選んだ種別のうち、保健所を設置する団体だけにする").check()
    steps.see_count(page, listed(CITIES.values(), health_center_only=True))
    choice(page, "都道府県", "東京都").check()
    steps.see_count(page, in_tokyo)
    picture(page, "notice-audience")
    steps.save_audience(page, count=in_tokyo)


def mend(page: Page, in_tokyo: int) -> None:
    steps.open_draft(page, TEXT.title)
    expect(page.get_by_text(REASON)).to_be_visible()
    picture(page, "notice-returned")
    follow(page, "本文を直す")
    expect(field(page, "発出日")).to_have_value("令和８年11月23日")
    expect(field(page, "本文")).to_have_value(TEXT.body)
    field(page, "宛名").fill("各 保健所設置市長・特別区長 殿")
    picture(page, "notice-edit")
    press(page, "保存する")
    follow(page, "宛先を選ぶ")
    steps.add_by_name(page, "よこはま", found="神奈川県横浜市")
    steps.see_count(page, in_tokyo + 1)
    steps.save_audience(page, count=in_tokyo + 1)
    steps.submit(page)


def wait_for_mail(world: World, post_box: SmtpSink) -> str:
    """One mail to each person at a window, with the address of the page and nothing of the text."""
    unsent = OutboxMessage.objects.exclude(state=MailState.SENT)
    assert wait_until(lambda: len(post_box.messages) >= 2 and not unsent.exists(), seconds=20)
    people = [world.officer.email, world.colleague.email]
    assert sorted(post_box.recipients) == sorted([email] for email in people)
    [text] = {
        message.get_content()
        for message in post_box.messages
        if message["To"] == world.officer.email
    }
    assert TEXT.title in text
    assert "別紙のとおり" not in text
    [link] = re.findall(r"http\S+", text)
    return str(link)


def look_at_inbox(page: Page, world: World) -> None:
    sign_in(page, world.officer)
    picture(page, "home-officer")
    follow(page, "未開封の通知")
    tabs = page.get_by_role("navigation", name="通知の絞り込み")
    expect(tabs.locator("[aria-current=page]")).to_contain_text("団体として未開封")
    expect(page.get_by_role("row", name=TEXT.title)).to_contain_text("未読")
    picture(page, "notice-inbox")
    sign_out(page)


def read(page: Page, world: World, link: str) -> None:
    """Follow the mail's link, sign in, and take the files home."""
    page.goto(link)
    fill_sign_in(page, world.officer.email, PASSWORD)
    heading(page, TEXT.title)
    picture(page, "notice")
    for file in FILES:
        assert steps.download(page, file["name"]) == file["buffer"]


def see_progress(page: Page, in_tokyo: int) -> None:
    page.reload()
    follow(page, "開封と確認の状況")
    assert cells_of(page, "神奈川県") == ["1", "1", "100.0%", "1", "100.0%"]
    assert cells_of(page, "東京都") == [str(in_tokyo), "0", "0.0%", "0", "0.0%"]
    assert cells_of(page, "合計")[:2] == [str(in_tokyo + 1), "1"]
    picture(page, "notice-deliveries")
    page.get_by_role("link").filter(has_text=f"未確認の団体{in_tokyo}団体").click()
    expect(page.get_by_role("rowheader")).to_have_count(in_tokyo)
    expect(page.get_by_role("rowheader", name="東京都八王子市")).to_be_visible()
    expect(page.get_by_role("rowheader", name="神奈川県横浜市")).to_have_count(0)
    picture(page, "notice-unacknowledged")
