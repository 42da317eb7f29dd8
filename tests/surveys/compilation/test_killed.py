"""A worker that is killed in the middle of a compilation: it is finished later, once."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from openpyxl import load_workbook

from onepublic.files.models import StoredFile
from surveys.actions import request_compilation
from surveys.models import Compilation
from surveys.states import CompilationState
from surveys.tasks import run_due_compilations
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.faults.station import database_url

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

PROGRAM = "import django; django.setup()\nfrom surveys.compilation import running\nrunning.run({})"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
PATIENCE = 30


def kill_while_it_waits_for(compilation: Compilation, table: str, mode: str, home: Path) -> None:
    """Start a worker, let it run against a lock of ours, and ``kill -9`` it there."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "onepublic.settings",
        "DATABASE_URL": database_url(),
        "FILES_ROOT": str(home),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN {mode} MODE")
        worker = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(compilation.pk)],
            env=environment,
            cwd=settings.BASE_DIR,
        )
        try:
            ends = time.monotonic() + PATIENCE
            while time.monotonic() < ends:
                cursor.execute(WAITING, [table])
                if cursor.fetchone() == (1,):
                    break
                time.sleep(0.05)
            else:
                pytest.fail(f"the worker never came to {table}")
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()


@pytest.mark.parametrize(
    ("table", "mode"),
    [("surveys_answer", "ACCESS EXCLUSIVE"), ("files_storedfile", "SHARE ROW EXCLUSIVE")],
    ids=["before the first row", "before the file is kept"],
)
def test_another_worker_finishes_it_once(table: str, mode: str, files_root: Path) -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    submitted(assignment_of(survey, village))
    compilation = request_compilation(survey, by=survey.created_by)

    kill_while_it_waits_for(compilation, table, mode, files_root)
    compilation.refresh_from_db()
    assert (compilation.state, compilation.file) == (CompilationState.RUNNING, None)
    Compilation.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    run_due_compilations()

    compilation.refresh_from_db()
    assert (compilation.state, compilation.attempts) == (CompilationState.DONE, 2)
    stored = StoredFile.objects.get()
    with stored.open() as stream:
        assert len(list(load_workbook(stream)["回答一覧"].values)) == 3
