import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from notices.actions.attaching import attach, detach
from notices.models import Attachment
from notices.states import AttachmentKind
from onepublic.files.models import StoredFile
from onepublic.files.sweeping import discard, sweep, unowned
from onepublic.files.uploads import store
from surveys.actions import attach_file
from surveys.models import Compilation
from surveys.states import CompilationState
from tests.factories.accounts import person_at
from tests.factories.notices import a_draft
from tests.factories.surveys import assignment

pytestmark = pytest.mark.django_db


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("別紙.txt", b"text")


def attached() -> Attachment:
    notice = a_draft()
    attach(notice, by=notice.created_by, files=[upload()], kind=AttachmentKind.ANNEX)
    return Attachment.objects.get(version__notice=notice)


def rolled_back() -> str:
    """The key under which a transaction that failed has left its bytes."""
    with transaction.atomic():
        key = store(upload(), kind="txt", by=None).key
        transaction.set_rollback(True)
    return key


def two_days_pass(root: Path) -> None:
    then = timezone.now() - timedelta(days=2)
    StoredFile.objects.update(created_at=then)
    for path in root.glob("*/*"):
        os.utime(path, (then.timestamp(), then.timestamp()))


def keys_in(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.glob("*/*")}


def test_bytes_of_a_rolled_back_transaction_go_after_a_day(files_root: Path) -> None:
    kept, lost = attached().file.key, rolled_back()

    assert (sweep(), keys_in(files_root)) == (0, {kept, lost})
    two_days_pass(files_root)

    assert (sweep(), keys_in(files_root)) == (1, {kept})
    assert sweep() == 0


def test_a_file_that_was_taken_out_of_a_draft_goes_after_a_day(files_root: Path) -> None:
    kept, taken_out = attached(), attached()
    notice = taken_out.version.notice
    detach(notice, by=notice.created_by, attachment_id=taken_out.pk)

    assert (sweep(), StoredFile.objects.count()) == (0, 2)
    two_days_pass(files_root)

    assert (sweep(), keys_in(files_root)) == (1, {kept.file.key})
    assert StoredFile.objects.get() == kept.file


def test_files_of_notices_answers_and_compilations_stay(files_root: Path) -> None:
    asked = assignment()
    owned = [
        attached().file,
        attach_file(asked, by=person_at(asked.organization), field_key="plan", uploaded=upload()),
        store(upload(), kind="txt", by=None),
    ]
    Compilation.objects.create(
        survey=asked.survey,
        requested_by=asked.survey.created_by,
        state=CompilationState.DONE,
        snapshot_at=timezone.now(),
        finished_at=timezone.now(),
        file=owned[2],
    )
    two_days_pass(files_root)

    assert list(unowned()) == []
    assert (sweep(), keys_in(files_root)) == (0, {file.key for file in owned})


def test_a_database_without_files_sweeps_nothing(files_root: Path) -> None:
    lost = rolled_back()
    two_days_pass(files_root)

    assert (sweep(), keys_in(files_root)) == (0, {lost})


@pytest.mark.django_db(transaction=True)
def test_a_discarded_file_goes_when_the_transaction_commits(files_root: Path) -> None:
    stored = store(upload(), kind="txt", by=None)
    with transaction.atomic():
        discard(stored)
        assert keys_in(files_root) == {stored.key}

    assert keys_in(files_root) == set()
    assert StoredFile.objects.count() == 0
