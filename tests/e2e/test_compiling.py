"""A compilation is ordered, called off, ordered again as it was saved, and read."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Organization
from surveys.models import Compilation, Survey
from surveys.states import CompilationState
from tests.e2e.pages import choice, field, follow, heading, picture, press
from tests.e2e.workbooks import answers_of, by_calamine, by_openpyxl, formulas
from tests.face.axe import violations
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.faults.station import Station, wait_until
from tests.smtp_sink import SmtpSink
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
LAYOUT = "県別の体制"
TYPED = {"staff": 12, "desk": "はい", "name": "=2+3", "since": date(2021, 4, 1)}


class Order:
    """Two towns of one prefecture and one of another; the first answers in the browser."""

    def __init__(self) -> None:
        self.here, there = PrefectureFactory.create_batch(2)
        self.typing, self.other, self.elsewhere = (
            OrganizationFactory.create(prefecture=place) for place in (self.here, self.here, there)
        )
        self.towns: list[Organization] = [self.typing, self.other, self.elsewhere]
        self.survey: Survey = running_survey(*self.towns)
        for town in (self.other, self.elsewhere):
            submitted(assignment_of(self.survey, town))

    @property
    def last(self) -> Compilation:
        return self.survey.compilations.latest("pk")


def test_what_was_typed_is_ordered_made_and_read(
    live_server: LiveServer,
    desk: Callable[..., Page],
    station: Station,
    post_box: SmtpSink,
    complaints: list[str],
) -> None:
    order, town, page = Order(), desk(), desk()
    sign_in(town.context, live_server.url, person_at(order.typing))
    sign_in(page.context, live_server.url, order.survey.created_by)

    _answer(town, order)
    page.goto(f"/surveys/managed/{order.survey.pk}/")
    follow(page, "集計表")
    wrong = violations(page)
    wrong += _order(page, order)
    _call_off(page)
    _order_as_saved(page)
    wrong += _watch(page, order, station)
    workbook = _download(page)

    _compare(workbook, order)
    assert wait_until(lambda: len(post_box.messages) == 1, seconds=10)
    assert post_box.recipients == [[order.survey.created_by.email]]
    assert (wrong, complaints) == ([], [])


def _answer(page: Page, order: Order) -> None:
    page.goto(f"/surveys/assignments/{assignment_of(order.survey, order.typing).pk}/sections/s1/")
    page.get_by_label("職員数").fill("１２")
    choice(page, "窓口の有無", "はい").check()
    page.get_by_label("窓口の名称").fill("=2+3")
    field(page, "開設日").fill("令和３年４月１日")
    page.get_by_role("button", name=re.compile("^保存して")).click()
    for cell, number in {"新規 男": 20, "新規 女": 0, "継続 男": 5, "継続 女": 7}.items():
        page.get_by_role("textbox", name=re.compile(cell.replace(" ", r"\s*"))).fill(str(number))
    page.get_by_role("button", name=re.compile("^保存して")).click()
    press(page, "提出する")
    expect(page.get_by_role("heading", name=re.compile("^提出の控え"))).to_be_visible()


def _order(page: Page, order: Order) -> list[str]:
    """Rows of one prefecture, columns of one section, one further sheet; kept under a name."""
    follow(page, "内容を選んで作成する")
    heading(page, "集計表の内容")
    for sheet in ("縦持ち", "集計・集計グラフ", "自由記述", "提出・訂正の履歴"):
        choice(page, "シート", sheet).uncheck()
    page.get_by_label("都道府県").select_option(order.here.prefecture_code)
    choice(page, "節", "体制").check()
    field(page, "設定の名前").fill(LAYOUT)
    picture(page, "compilation-order")
    wrong = violations(page)
    press(page, "この内容で作成する")
    heading(page, "集計表の作成")
    expect(page.locator("progress")).to_have_attribute("value", "0")
    return wrong + violations(page)


def _call_off(page: Page) -> None:
    press(page, "作成を取り消す")
    expect(page.get_by_text("作成を取り消しました").first).to_be_visible()
    page.get_by_role("link", name="集計表", exact=True).first.click()
    expect(page.locator("tbody tr").first).to_contain_text("取消し")


def _order_as_saved(page: Page) -> None:
    follow(page, "内容を選んで作成する")
    follow(page, LAYOUT)
    expect(choice(page, "シート", "縦持ち")).not_to_be_checked()
    expect(page.locator("[name=questions]")).to_have_values(
        ["staff", "desk", "name", "form", "ways", "since"]
    )
    press(page, "この内容で作成する")
    heading(page, "集計表の作成")


def _watch(page: Page, order: Order, station: Station) -> list[str]:
    """A worker has died with one row done; the page shows that, and then, without a step of its
    reader's, what the next one makes of it.
    """
    Compilation.objects.filter(pk=order.last.pk).update(
        state=CompilationState.RUNNING,
        attempts=1,
        rows_done=1,
        rows_total=4,
        lease_until=timezone.now() - timedelta(minutes=1),
    )
    bar = page.locator("progress")
    expect(bar).to_have_attribute("value", "1")
    expect(page.locator("#progress")).to_contain_text("1 / 4件")
    picture(page, "compilation-running")
    station.start()
    expect(page.get_by_text("集計表ができました")).to_be_visible(timeout=30_000)
    made = order.last
    expect(bar).to_have_attribute("value", str(made.rows_total))
    assert (made.rows_done, made.attempts) == (made.rows_total, 2)
    picture(page, "compilation-done")
    return violations(page)


def _download(page: Page) -> bytes:
    with page.expect_download() as download:
        follow(page, "ダウンロード")
    assert download.value.suggested_filename.endswith(".xlsx")
    return download.value.path().read_bytes()


def _compare(workbook: bytes, order: Order) -> None:
    read = by_openpyxl(workbook, "回答一覧")
    codes = {str(row[read[0].index("#code")]) for row in read[2:]}
    assert by_calamine(workbook, "回答一覧") == read
    row = answers_of(read, order.typing.code)
    assert codes == {order.typing.code, order.other.code}
    assert [name for name in row if str(name).startswith("cases")] == []
    assert list(formulas(workbook)) == []
    assert {name: row[name] for name in TYPED} == TYPED
