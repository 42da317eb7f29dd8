"""What was handed in is looked at: a comment, one given back and mended, all accepted."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Organization
from surveys.models import Assignment, Submission, Survey
from tests.e2e.pages import field, follow, heading, picture, press
from tests.face.axe import violations
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SENTENCE = "非常勤職員を除いた数に直してください。"
REMARK = "前回の10倍です。"


class HandedIn:
    """Three towns that have handed in, with somebody of the division and of the second town."""

    def __init__(self, live_server: LiveServer, desk: Callable[..., Page], script: bool) -> None:
        self.towns: list[Organization] = OrganizationFactory.create_batch(3)
        self.survey: Survey = running_survey(*self.towns)
        self.responses = [submitted(assignment_of(self.survey, town)) for town in self.towns]
        self.script = script
        self.wrong: list[str] = []
        self.ministry = desk(java_script_enabled=script)
        self.town = desk(java_script_enabled=script)
        sign_in(self.ministry.context, live_server.url, self.survey.created_by)
        sign_in(self.town.context, live_server.url, person_at(self.towns[1]))

    def look(self, page: Page, name: str) -> None:
        """A picture where they are wanted, and what axe finds where scripts run."""
        if self.script:
            picture(page, name)
            self.wrong += violations(page)

    def states(self) -> list[str]:
        rows = Assignment.objects.filter(survey=self.survey).order_by("organization__code")
        return list(rows.values_list("state", flat=True))


@pytest.mark.parametrize("script", [True, False], ids=["with_script", "without_script"])
def test_one_is_given_back_and_mended_and_all_are_accepted(
    live_server: LiveServer, desk: Callable[..., Page], complaints: list[str], script: bool
) -> None:
    story = HandedIn(live_server, desk, script)
    story.ministry.goto(f"/surveys/managed/{story.survey.pk}/")
    follow(story.ministry, "回答の確認")

    _comment(story)
    _give_back(story)
    assert story.states() == ["submitted", "returned", "submitted"]
    _mend(story)
    _accept_the_mended(story)
    assert story.states() == ["submitted", "accepted", "submitted"]
    _accept_the_rest(story)

    assert story.states() == ["accepted"] * 3
    kept = Submission.objects.filter(assignment=story.responses[1]).order_by("number")
    assert [(one.values["staff"], one.end_reason) for one in kept] == [(3, SENTENCE), (2, "")]
    assert (story.wrong, complaints) == ([], [])


def _comment(story: HandedIn) -> None:
    page = story.ministry
    follow(page, story.towns[0].full_name)
    heading(page, f"{story.towns[0].full_name}の回答")
    page.get_by_text("差し戻す・指摘を残す").click()
    answer = page.locator(".answer").filter(has_text="職員数")
    answer.get_by_text("この設問に指摘を書く").click()
    answer.get_by_label("指摘").fill(REMARK)
    story.look(page, "check")
    press(page, "差し戻さずに指摘を残す")
    expect(page.get_by_text("1件の指摘を残しました。")).to_be_visible()
    expect(page.locator(".answer").filter(has_text="職員数")).to_contain_text(REMARK)


def _give_back(story: HandedIn) -> None:
    page = story.ministry
    page.get_by_role("link", name="回答の確認").click()
    expect(page.get_by_role("row", name=story.towns[0].full_name)).to_contain_text("指摘1件")
    page.get_by_label(story.towns[1].full_name, exact=True).check()
    story.look(page, "checks")
    press(page, "選んだ回答を差し戻す")
    heading(page, "1団体の回答を差し戻す")
    press(page, "差し戻す")
    expect(page.get_by_role("alert").or_(page.locator(".field-error")).first).to_be_visible()
    field(page, "差戻しの理由").fill(SENTENCE)
    day = timezone.localdate() + timedelta(days=20)
    field(page, "直して提出する期限").fill(day.isoformat())
    story.look(page, "returns")
    press(page, "差し戻す")
    expect(page.get_by_text("1団体の回答を差し戻しました。")).to_be_visible()
    expect(page.get_by_role("row", name=story.towns[1].full_name)).to_be_visible()


def _mend(story: HandedIn) -> None:
    page = story.town
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("差し戻された")).first.click()
    expect(page.get_by_role("main")).to_contain_text(story.survey.title)
    page.goto(f"/surveys/assignments/{story.responses[1].pk}/")
    expect(page.get_by_role("main")).to_contain_text("差し戻された回答です")
    expect(page.get_by_role("main")).to_contain_text(SENTENCE)
    story.look(page, "returned-response")
    page.goto(f"/surveys/assignments/{story.responses[1].pk}/sections/s1/")
    page.get_by_label("職員数").fill("2")
    page.get_by_role("button", name=re.compile("^保存して")).click()
    press(page, "提出する")
    expect(page.get_by_role("heading", name=re.compile("^提出の控え"))).to_be_visible()


def _accept_the_mended(story: HandedIn) -> None:
    page = story.ministry
    page.get_by_role("link", name=re.compile("^受理待ち")).click()
    follow(page, story.towns[1].full_name)
    page.get_by_text("これまでの提出（2回）").click()
    expect(page.get_by_role("main")).to_contain_text(f"理由：{SENTENCE}")
    answer = page.locator(".answer").filter(has_text="職員数")
    expect(answer).to_contain_text("2人")
    expect(answer).to_contain_text("直す前：3人")
    story.look(page, "check-history")
    press(page, "受理する")
    expect(page.get_by_text("1団体の回答を受理しました。")).to_be_visible()


def _accept_the_rest(story: HandedIn) -> None:
    page = story.ministry
    follow(page, "2団体をまとめて受理する")
    heading(page, "2団体の回答を受理しますか")
    expect(page.get_by_role("main")).to_contain_text("対応の済んでいない指摘が残る回答があります")
    story.look(page, "acceptance")
    press(page, "受理する")
    expect(page.get_by_text("2団体の回答を受理しました。")).to_be_visible()
    expect(page.get_by_text("受理を待つ回答はありません")).to_be_visible()
