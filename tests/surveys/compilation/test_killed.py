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
from surveys.actions import cancel_compilation, request_compilation
from surveys.compilation.progress import REPORT_EVERY
from surveys.models import Compilation, Survey
from surveys.states import CompilationState
from surveys.tasks import run_due_compilations
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.faults.station import database_url
from tests.surveys.compilation.made import rows_of

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

# In the second phase, a worker's report of how far it is waits for this lock of the test.
HOLD = 8715
HELD_UP = f"""
CREATE FUNCTION held_up() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock({HOLD}); RETURN NEW; END $$;
CREATE TRIGGER held_up BEFORE UPDATE ON surveys_compilation FOR EACH ROW
WHEN (OLD.kept_id IS NOT NULL AND NEW.rows_done > OLD.rows_done) EXECUTE FUNCTION held_up();
"""
LET_GO = "DROP TRIGGER held_up ON surveys_compilation; DROP FUNCTION held_up()"
PROGRAM = "import django; django.setup()\nfrom surveys.compilation import running\nrunning.run({})"
WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND (relation = to_regclass(%s) OR objid = %s)
"""
PATIENCE = 30
VILLAGES = REPORT_EVERY // 2 + 1


def kill_while_it_waits_for(compilation: Compilation, table: str, mode: str, home: Path) -> None:
    """Start a worker, let it run against a lock of ours, and ``kill -9`` it there."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN {mode} MODE")
        kill_once_it_waits(compilation, home, table=table)


def kill_in_the_second_phase(compilation: Compilation, home: Path) -> None:
    """The same once it has kept its snapshot and has written some rows of a sheet."""
    with connection.cursor() as cursor:
        cursor.execute(HELD_UP)
        cursor.execute("SELECT pg_advisory_lock(%s)", [HOLD])
        try:
            kill_once_it_waits(compilation, home)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [HOLD])
            cursor.execute(LET_GO)


def kill_once_it_waits(compilation: Compilation, home: Path, *, table: str = "") -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "onepublic.settings",
        "DATABASE_URL": database_url(),
        "FILES_ROOT": str(home),
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(compilation.pk)],
        env=environment,
        cwd=settings.BASE_DIR,
    )
    try:
        ends = time.monotonic() + PATIENCE
        while not is_waiting(table):
            if time.monotonic() > ends:
                pytest.fail(f"the worker never came to {table or 'the second phase'}")
            time.sleep(0.05)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


def is_waiting(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING, [table, HOLD])
        return bool(cursor.fetchone() == (1,))


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


def many_villages() -> Survey:
    """So many that a worker reports in the second phase; one has not answered yet."""
    villages = OrganizationFactory.create_batch(VILLAGES)
    survey = running_survey(*villages)
    for village in villages[1:]:
        submitted(assignment_of(survey, village), staff="3")
    return survey


def killed_in_the_second_phase(survey: Survey, home: Path) -> Compilation:
    """Left behind by a worker; meanwhile one more organization hands in."""
    compilation = request_compilation(survey, by=survey.created_by)
    kill_in_the_second_phase(compilation, home)
    compilation.refresh_from_db()
    late = survey.assignments.exclude(state="submitted").get()
    submitted(assignment_of(survey, late.organization), staff="99")
    Compilation.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    return compilation


def staff_of(compilation: Compilation) -> list[object]:
    return [row["staff"] for row in rows_of(compilation, "回答一覧")]


def bytes_left(home: Path) -> int:
    return sum(path.is_file() for path in home.rglob("*"))


def test_another_worker_goes_on_with_the_same_snapshot(files_root: Path) -> None:
    left = killed_in_the_second_phase(many_villages(), files_root)
    assert (left.state, left.file, bytes_left(files_root)) == (CompilationState.RUNNING, None, 1)
    assert left.rows_done == VILLAGES

    run_due_compilations()

    done = Compilation.objects.get(pk=left.pk)
    assert (done.state, done.attempts) == (CompilationState.DONE, 2)
    assert (done.snapshot_at, done.kept) == (left.snapshot_at, None)
    assert sorted(map(str, staff_of(done))) == sorted(["3"] * (VILLAGES - 1) + ["None"])
    assert StoredFile.objects.get() == done.file
    assert bytes_left(files_root) == 1


@pytest.mark.parametrize("harm", ["gone", "changed", "cut"])
def test_a_snapshot_that_is_not_whole_is_taken_anew(files_root: Path, harm: str) -> None:
    left = killed_in_the_second_phase(many_villages(), files_root)
    (kept,) = (path for path in files_root.rglob("*") if path.is_file())
    content = kept.read_bytes()
    harmed = {"changed": content.replace(b"3", b"4"), "cut": content[: len(content) // 2]}
    if harm == "gone":
        kept.unlink()
    else:
        kept.write_bytes(harmed[harm])

    run_due_compilations()

    done = Compilation.objects.get(pk=left.pk)
    assert (done.state, done.attempts) == (CompilationState.DONE, 2)
    assert done.snapshot_at is not None
    assert left.snapshot_at is not None
    assert done.snapshot_at > left.snapshot_at
    assert sorted(map(str, staff_of(done))) == sorted(["3"] * (VILLAGES - 1) + ["99"])
    assert StoredFile.objects.get() == done.file
    assert bytes_left(files_root) == 1


def test_cancelling_takes_the_kept_snapshot_away(files_root: Path) -> None:
    left = killed_in_the_second_phase(many_villages(), files_root)

    cancel_compilation(left, by=left.requested_by)
    run_due_compilations()

    left.refresh_from_db()
    assert (left.state, left.kept) == (CompilationState.CANCELLED, None)
    assert (StoredFile.objects.count(), bytes_left(files_root)) == (0, 0)
