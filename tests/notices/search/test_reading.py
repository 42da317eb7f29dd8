"""Attachments become findable once a worker has read them, whatever happens to the worker."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client

from accounts.audience import AudienceRule
from accounts.models import Organization, User
from notices.actions.attaching import attach
from notices.actions.drafting import set_audience
from notices.actions.publication import publish
from notices.actions.review import submit_for_review
from notices.models import FileText, Notice, SearchEntry
from notices.schedule import index_missing
from notices.search.facets import Chosen
from notices.search.finding import find
from notices.search.indexing import index_notice
from notices.search.reading import GAVE_UP, MOST_ATTEMPTS, NO_FILE
from notices.search.tasks import read_due_texts
from notices.states import AttachmentKind, ExtractionState
from onepublic.core.fulltext.query import parse
from onepublic.files.states import ScanState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import a_draft, approver_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(town: Organization) -> User:
    return person_at(town)


def with_file(town: Organization, content: bytes, name: str = "別紙.txt") -> Notice:
    """A notice published to the town with one attachment."""
    notice = a_draft()
    upload = SimpleUploadedFile(name, content)
    attach(notice, by=notice.created_by, files=[upload], kind=AttachmentKind.ANNEX)
    set_audience(notice, by=notice.created_by, rule=AudienceRule(codes=[town.code]))
    submit_for_review(notice, by=notice.created_by)
    return publish(notice, by=approver_of(notice.division))


def found(user: User, typed: str) -> list[int]:
    return list(find(user, parse(typed), Chosen()).notices)


def state_of(notice: Notice) -> tuple[str, str]:
    text = FileText.objects.get(file__in=files_of(notice))
    return text.state, text.reason


def files_of(notice: Notice) -> list[object]:
    assert notice.current_version
    return list(notice.current_version.attachments.values_list("file", flat=True))


def test_a_notice_is_found_by_its_attachment_once_it_was_read(
    town: Organization, officer: User
) -> None:
    notice = with_file(town, "接種記録の様式".encode())
    assert found(officer, "接種記録") == []
    assert state_of(notice) == (ExtractionState.WAITING, "")

    read_due_texts()

    assert found(officer, "接種記録") == [notice.pk]
    assert found(person_at(OrganizationFactory.create()), "接種記録") == []
    assert state_of(notice) == (ExtractionState.DONE, "")
    index_notice(notice)
    read_due_texts()
    assert found(officer, "接種記録") == [notice.pk]


def test_the_page_shows_the_hit_and_names_the_file(
    client: Client, town: Organization, officer: User
) -> None:
    with_file(town, "接種記録の<様式>".encode())
    read_due_texts()
    client.force_login(officer)

    page = client.get("/notices/search/?q=接種記録").content.decode()

    assert "添付「別紙.txt」：<mark>接種記録</mark>の&lt;様式&gt;" in page


def test_the_issuer_sees_what_could_not_be_read_and_the_town_does_not(
    client: Client, town: Organization, officer: User
) -> None:
    notice = with_file(town, b"%PDF-1.7\n%%EOF", "別紙.pdf")
    read_due_texts()

    assert state_of(notice)[0] == ExtractionState.FAILED
    client.force_login(notice.created_by)
    assert "文字を読み取れません" in client.get(f"/notices/{notice.pk}/").content.decode()
    client.force_login(officer)
    assert "文字を読み取れません" not in client.get(f"/notices/{notice.pk}/").content.decode()


def test_a_file_without_words_is_empty(town: Organization) -> None:
    notice = with_file(town, b" \n ")
    read_due_texts()

    assert state_of(notice) == (ExtractionState.EMPTY, "")


def test_a_file_whose_bytes_are_gone_fails(town: Organization) -> None:
    notice = with_file(town, b"text")
    row = FileText.objects.select_related("file").get(file__in=files_of(notice))
    storages["stored_files"].delete(row.file.key)
    read_due_texts()

    assert state_of(notice) == (ExtractionState.FAILED, NO_FILE)


def test_a_file_in_quarantine_waits(town: Organization) -> None:
    notice = with_file(town, b"text")
    row = FileText.objects.select_related("file").get(file__in=files_of(notice))
    row.file.scan_state = ScanState.WAITING
    row.file.save()
    read_due_texts()

    assert state_of(notice) == (ExtractionState.WAITING, "")


def test_what_a_dead_worker_held_is_read_after_its_lease_and_given_up_at_last(
    town: Organization,
) -> None:
    notice = with_file(town, b"text")
    rows = FileText.objects.filter(file__in=files_of(notice))
    rows.update(attempts=1, due_at=Now() + timedelta(minutes=1))
    read_due_texts()
    assert state_of(notice) == (ExtractionState.WAITING, "")

    rows.update(due_at=Now(), attempts=MOST_ATTEMPTS)
    read_due_texts()
    assert state_of(notice) == (ExtractionState.FAILED, GAVE_UP)

    rows.update(due_at=Now(), attempts=F("attempts") - 1, state=ExtractionState.WAITING, reason="")
    read_due_texts()
    assert state_of(notice) == (ExtractionState.DONE, "")


def test_what_was_published_without_an_entry_gets_one(town: Organization, officer: User) -> None:
    notice = with_file(town, b"text")
    SearchEntry.objects.all().delete()
    assert found(officer, "予防接種") == []

    index_missing()

    assert found(officer, "予防接種") == [notice.pk]
