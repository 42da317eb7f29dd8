"""What becomes of a file between its upload and the scanner's verdict."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from onepublic.audit.models import AuditEvent
from onepublic.files.models import StoredFile
from onepublic.files.scanning import MOST_REFUSALS, judge, scan_due
from onepublic.files.serving import Held, file_response
from onepublic.files.states import ScanState
from onepublic.files.uploads import store
from tests.clamd import EICAR, EICAR_NAME, Clamd
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOBODY = "tcp://127.0.0.1:1"


def stored(content: bytes = b"text", *, made_here: bool = False) -> StoredFile:
    upload = SimpleUploadedFile("別紙.txt", content)
    return store(upload, kind="txt", by=UserFactory.create(), made_here=made_here)


def due_again(file: StoredFile) -> None:
    StoredFile.objects.filter(pk=file.pk).update(scan_due_at=timezone.now())


def served(file: StoredFile) -> bytes:
    response = file_response(file)
    assert response.file_to_stream is not None
    with closing(response.file_to_stream):
        return response.getvalue()


def state_of(file: StoredFile) -> tuple[str, str, bool]:
    file.refresh_from_db()
    return file.scan_state, file.scan_signature, file.scan_due_at is not None


def test_without_a_scanner_files_are_served_and_say_that_nobody_looked(settings: Settings) -> None:
    settings.CLAMAV_URL = ""
    file = stored()

    assert scan_due() == 0
    assert state_of(file) == (ScanState.NOT_SCANNED, "", True)
    assert file.get_scan_state_display() == "ウイルス検査：未実施"
    assert served(file) == b"text"


def test_a_file_is_held_until_it_was_found_clean(clamd: Clamd) -> None:
    file = stored()

    with pytest.raises(Held, match="ウイルス検査が終わっていない"):
        file_response(file)
    assert scan_due() == 1

    assert state_of(file) == (ScanState.CLEAN, "", False)
    assert file.scanned_at is not None
    assert served(file) == b"text"
    assert scan_due() == 0


def test_an_infected_file_stays_held_under_the_name_of_its_virus(clamd: Clamd) -> None:
    file = stored(EICAR)

    assert scan_due() == 1

    assert state_of(file) == (ScanState.INFECTED, EICAR_NAME, False)
    with pytest.raises(Held, match="ウイルスが検出された"):
        file_response(file)
    event = AuditEvent.objects.get(action="file.infected")
    assert event.target_id == file.created_by_id
    assert event.detail == {
        "file": str(file.pk),
        "name": "別紙.txt",
        "signature": EICAR_NAME,
    }


def test_a_scanner_that_is_away_is_asked_again_later_and_the_file_waits(settings: Settings) -> None:
    settings.CLAMAV_URL = NOBODY
    file = stored()
    waits = []

    for _ in range(7):
        due_again(file)
        before = timezone.now()
        assert scan_due() == 0
        file.refresh_from_db()
        assert file.scan_due_at is not None
        waits.append(round((file.scan_due_at - before).total_seconds() / 30))

    assert waits == [1, 2, 4, 8, 16, 20, 20]
    assert file.scan_state == ScanState.WAITING
    assert file.scan_error != ""


def test_when_the_scanner_comes_back_the_file_is_released(settings: Settings, clamd: Clamd) -> None:
    url = settings.CLAMAV_URL
    settings.CLAMAV_URL = NOBODY
    file = stored()
    scan_due()

    settings.CLAMAV_URL = url
    due_again(file)

    assert scan_due() == 1
    assert state_of(file) == (ScanState.CLEAN, "", False)
    assert file.scan_error == ""


def test_a_worker_that_died_holds_the_file_only_until_its_lease_ends(clamd: Clamd) -> None:
    file = stored()
    claimed = StoredFile.objects.claim()

    assert claimed == file
    assert scan_due() == 0
    due_again(file)
    assert scan_due() == 1
    assert state_of(file) == (ScanState.CLEAN, "", False)


def test_the_verdict_of_a_worker_that_lost_its_lease_counts_no_more(clamd: Clamd) -> None:
    file = stored(EICAR)
    late = StoredFile.objects.claim()
    assert late is not None
    due_again(file)
    scan_due()

    judge(late, "")

    assert state_of(file) == (ScanState.INFECTED, EICAR_NAME, False)


def test_a_file_too_large_for_the_scanner_stays_held_and_says_so(clamd: Clamd) -> None:
    clamd.most_bytes = 3
    file = stored()

    scan_due()

    assert state_of(file) == (ScanState.FAILED, "", False)
    assert file.scan_error == "検査できる大きさを超えています。"
    with pytest.raises(Held, match="ウイルス検査ができない"):
        file_response(file)


def test_another_refusal_is_tried_a_few_times_before_it_is_final(clamd: Clamd) -> None:
    clamd.answer = b"stream: Broken ERROR\0"
    file = stored()
    states = []

    for _ in range(MOST_REFUSALS):
        due_again(file)
        scan_due()
        states.append(state_of(file)[0])

    assert states == [ScanState.WAITING] * (MOST_REFUSALS - 1) + [ScanState.FAILED]


def test_what_the_portal_made_is_served_at_once_and_scanned_too(clamd: Clamd) -> None:
    file = stored(made_here=True)

    assert not file.is_held
    assert scan_due() == 1
    assert state_of(file) == (ScanState.CLEAN, "", False)


def test_what_was_served_before_the_scanner_came_is_served_on_when_it_can_t_be_scanned(
    clamd: Clamd,
) -> None:
    clamd.most_bytes = 3
    file = stored(made_here=True)

    scan_due()

    assert state_of(file) == (ScanState.NOT_SCANNED, "", False)


def test_bytes_that_are_gone_are_told_from_a_scanner_that_is_away(clamd: Clamd) -> None:
    lost, kept = stored(), stored()
    lost.open().close()
    StoredFile.objects.filter(pk=lost.pk).update(key="no/where")

    assert scan_due() == 2
    assert (state_of(lost)[0], state_of(kept)[0]) == (ScanState.FAILED, ScanState.CLEAN)


def test_a_scanner_that_is_taken_away_releases_what_waited(
    clamd: Clamd, settings: Settings
) -> None:
    file = stored()
    settings.CLAMAV_URL = ""

    scan_due()

    assert state_of(file) == (ScanState.NOT_SCANNED, "", True)


def test_files_in_quarantine_go_before_those_that_are_served(clamd: Clamd) -> None:
    stored(b"old", made_here=True)
    stored(b"new")
    StoredFile.objects.update(scan_due_at=timezone.now() - timedelta(minutes=1))

    scan_due()

    assert clamd.seen == [b"new", b"old"]


def test_a_claim_passes_over_rows_that_another_worker_is_claiming(clamd: Clamd) -> None:
    stored()

    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        StoredFile.objects.claim()

    assert sum("SKIP LOCKED" in query["sql"] for query in asked.captured_queries) == 1


def test_an_upload_hints_a_worker_only_where_there_is_a_scanner(
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    counts = []
    for url in ("", NOBODY):
        settings.CLAMAV_URL = url
        with django_capture_on_commit_callbacks() as hints:
            stored()
        counts.append(len(hints))

    assert counts == [0, 1]
