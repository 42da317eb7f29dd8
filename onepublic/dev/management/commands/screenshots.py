"""``manage.py screenshots``: pictures of the main pages of a running demo."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import Max
from django.urls import reverse
from playwright.sync_api import Browser, Page, sync_playwright

from notices.models import CoverNote, Notice, NoticeVersion
from notices.states import VersionState
from onepublic.dev.seeding.people import DOMAIN
from surveys.models import Assignment, Release, Survey

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTHS = {"": 1280, "-narrow": 375}
TALLEST = 1800
"""Pixels: below that a long list only repeats itself."""
DRAFTING = "kansen-yobo"


class Command(BaseCommand):
    help = "起動中のデモの主な画面を撮影し、docs/images/ に保存します。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000")
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "docs" / "images")

    def handle(self, *, url: str, folder: Path, **options: Any) -> None:
        """One picture a page and width, named after the page."""
        # Playwright runs an event loop on this thread, on which Django would refuse its ORM.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        folder.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            for name, account, path in main_pages():
                for suffix, width in WIDTHS.items():
                    with signed_in(browser, url, account, width) as page:
                        page.goto(url + path)
                        height = min(page.evaluate("document.body.scrollHeight"), TALLEST)
                        page.set_viewport_size({"width": width, "height": height})
                        page.screenshot(path=folder / f"{name}{suffix}.png")
                self.stdout.write(name)
            browser.close()


def main_pages() -> Iterator[tuple[str, str, str]]:
    """Name, demo account and address of the pages that the portal is judged by."""
    newest = Notice.objects.published().aggregate(key=Max("pk"))["key"]
    corrected = NoticeVersion.objects.filter(sequence=2).earliest("pk").notice_id
    relayed = CoverNote.objects.earliest("pk").notice_id
    returned = NoticeVersion.objects.get(
        state=VersionState.RETURNED, notice__division__code=DRAFTING
    )
    survey = Survey.objects.accepting().earliest("due_on")
    current = Survey.objects.accepting().latest("due_on")
    asked = Assignment.objects.get(survey=current, organization__code="141003")
    section = asked.revision.document["sections"][1]["id"]
    yield "accounts", "", reverse("demo:accounts")
    yield "sign-in", "", reverse("account_login")
    yield "home-municipality", "suzuki", reverse("home")
    yield "home-prefecture", "saito", reverse("home")
    yield "home-ministry", "aoki", reverse("home")
    yield "home-bureau", "kudo", reverse("home")
    yield "calendar", "suzuki", reverse("calendar")
    yield "search", "suzuki", f"{reverse('search')}?q=災害"
    yield "organization", "saito", reverse("organization", args=["141003"])
    yield "inbox", "suzuki", reverse("notices:inbox")
    yield "notice", "suzuki", reverse("notices:detail", args=[newest])
    yield "notice-search", "suzuki", f"{reverse('notices:search')}?q=予防接種"
    yield "changes", "suzuki", reverse("notices:changes", args=[corrected])
    yield "cover-note", "yamamoto", reverse("notices:detail", args=[relayed])
    yield "drafts", "inoue", reverse("notices:drafts")
    yield "new-notice", "aoki", reverse("notices:new")
    yield "audience", "aoki", reverse("notices:audience", args=[returned.notice_id])
    yield "deliveries", "aoki", reverse("notices:deliveries", args=[newest])
    yield "assignments", "suzuki", reverse("surveys:assignments")
    yield "assignment", "suzuki", reverse("surveys:assignment", args=[asked.pk])
    yield "section", "suzuki", reverse("surveys:section", args=[asked.pk, section])
    yield "review", "suzuki", reverse("surveys:review", args=[asked.pk])
    yield "survey", "ueno", reverse("surveys:survey", args=[survey.pk])
    yield from pages_of_collection(current)
    yield "outbox", "", reverse("demo:outbox")


def pages_of_collection(current: Survey) -> Iterator[tuple[str, str, str]]:
    """What becomes of the answers of a survey, and of the one whose results are public."""
    yield "checks", "okada", reverse("surveys:checks", args=[current.pk])
    released = Release.objects.filter(public_key__isnull=False).earliest("pk").survey_id
    analysis = reverse("surveys:analysis", args=[released])
    yield "analysis", "okada", f"{analysis}?question=f_manual&by=kind"
    yield "results", "suzuki", f"{reverse('surveys:results', args=[released])}?section=f3"


@contextmanager
def signed_in(browser: Browser, url: str, account: str, width: int) -> Iterator[Page]:
    """A fresh page of that width; signed in when an account is named."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="ja-JP")
    page = context.new_page()
    if account:
        page.goto(url + reverse("demo:accounts"))
        page.locator(f'button[value="{account}@{DOMAIN}"]').click()
        page.wait_for_load_state()
    yield page
    context.close()
