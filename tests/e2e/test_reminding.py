"""The division plans its reminders, sees whom one would reach, sends it, and reads the log."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from surveys.models import Survey
from tests.e2e.pages import choice, field, follow, heading, picture, press
from tests.face.axe import violations
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment_of, running_survey, submitted
from tests.faults.station import Station, wait_until
from tests.smtp_sink import SmtpSink
from tests.surveys.browser.signing_in import sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WORDS = "国会への報告に用いるため、期限までにお願いします。"


class Owing:
    """A survey of three: one has handed in, one has begun, one has more time."""

    def __init__(self) -> None:
        done, self.begun, extended = OrganizationFactory.create_batch(3)
        today = timezone.localdate()
        self.survey: Survey = running_survey(
            done, self.begun, extended, due_on=today + timedelta(days=7)
        )
        self.writer: User = person_at(self.begun)
        self.others = [person_at(place) for place in (self.begun, extended)]
        submitted(assignment_of(self.survey, done))
        answer(assignment_of(self.survey, self.begun), self.writer, staff="3")
        late = self.survey.assignments.filter(organization=extended)
        late.update(extended_to=today + timedelta(days=20))


def test_whoever_works_on_it_is_asked_and_the_log_says_so(
    live_server: LiveServer,
    desk: Callable[..., Page],
    workers: Station,
    post_box: SmtpSink,
    complaints: list[str],
) -> None:
    owing, page = Owing(), desk()
    sign_in(page.context, live_server.url, owing.survey.created_by)
    page.goto(f"/surveys/managed/{owing.survey.pk}/")
    follow(page, "督促")
    heading(page, "督促")
    choice(page, "督促する日", "14日前").check()
    choice(page, "督促する日", "3日後").check()
    press(page, "督促する日を保存する")
    expect(page.get_by_text("督促する日を保存しました。")).to_be_visible()
    shown = page.get_by_role("region", name="いま督促する場合の宛先")
    expect(shown.locator("tbody tr")).to_have_count(1)
    expect(shown.get_by_role("row", name=owing.begun.full_name)).to_contain_text(owing.writer.name)
    expect(shown).to_contain_text("1団体、1人に送ります。（回答している人へ1団体）")
    picture(page, "reminders")
    wrong = violations(page)
    field(page, "添える文（任意）").fill(WORDS)
    press(page, "1団体に督促する")

    heading(page, "督促の記録")
    assert wait_until(lambda: len(post_box.messages) == 1, seconds=20)
    expect_sent(page, owing)
    picture(page, "reminder")
    wrong += violations(page)
    [message] = post_box.messages
    body = message.get_content()
    assert post_box.recipients == [[owing.writer.email]]
    assert WORDS in body
    assert f"/surveys/assignments/{assignment_of(owing.survey, owing.begun).pk}/" in body
    owing.survey.refresh_from_db()
    assert owing.survey.reminder_days == [-14, 3]
    assert (wrong, complaints) == ([], [])


def expect_sent(page: Page, owing: Owing) -> None:
    """The log of the round, once the worker has written down what it sent."""
    row = page.get_by_role("row", name=owing.begun.full_name)

    def is_written_down() -> bool:
        page.reload()
        return "メール：送信済み" in row.inner_text()

    assert wait_until(is_written_down, seconds=10)
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_it_needs_no_script(
    live_server: LiveServer, desk: Callable[..., Page], complaints: list[str]
) -> None:
    owing, page = Owing(), desk(java_script_enabled=False)
    sign_in(page.context, live_server.url, owing.survey.created_by)
    page.goto(f"/surveys/managed/{owing.survey.pk}/reminders/")

    choice(page, "督促する日", "7日後").check()
    press(page, "督促する日を保存する")
    press(page, "1団体に督促する")

    heading(page, "督促の記録")
    expect(page.get_by_role("row", name=owing.begun.full_name)).to_contain_text(owing.writer.name)
    follow(page, "督促")
    rounds = page.get_by_role("region", name="これまでの督促")
    expect(rounds.get_by_role("row", name="手動")).to_contain_text(owing.survey.created_by.name)
    assert complaints == []
