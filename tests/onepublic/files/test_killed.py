"""A worker that is killed while the scanner looks at its file: another one asks again."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onepublic.files.models import StoredFile
from onepublic.files.scanning import scan_due
from onepublic.files.states import ScanState
from onepublic.files.uploads import store
from tests.clamd import EICAR, EICAR_NAME, Clamd
from tests.faults.station import database_url

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PROGRAM = "import django; django.setup()\nfrom onepublic.files import scanning; scanning.scan_due()"


def test_the_file_stays_held_and_is_scanned_by_the_next(files_root: Path, clamd: Clamd) -> None:
    file = store(SimpleUploadedFile("別紙.txt", EICAR), kind="txt", by=None)
    clamd.silent.set()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "onepublic.settings",
        "DATABASE_URL": database_url(),
        "FILES_ROOT": str(files_root),
        "CLAMAV_URL": clamd.url,
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environment, cwd=settings.BASE_DIR
    )
    try:
        assert clamd.asked.wait(30)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    file.refresh_from_db()
    assert (file.scan_state, file.scan_attempts) == (ScanState.WAITING, 1)
    clamd.silent.clear()
    assert scan_due() == 0
    StoredFile.objects.update(scan_due_at=timezone.now() - timedelta(seconds=1))

    assert scan_due() == 1

    file.refresh_from_db()
    assert (file.scan_state, file.scan_signature) == (ScanState.INFECTED, EICAR_NAME)
