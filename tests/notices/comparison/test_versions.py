from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from notices.actions.attaching import attach, detach
from notices.comparison import compare_versions
from notices.comparison.versions import FieldChange
from notices.models import Notice, NoticeVersion
from tests.factories.accounts import DivisionFactory
from tests.factories.notices import a_draft, version_of

pytestmark = pytest.mark.django_db


def files(notice: Notice, **contents: bytes) -> NoticeVersion:
    uploads = [SimpleUploadedFile(f"{name}.txt", text) for name, text in contents.items()]
    attach(notice, by=notice.created_by, files=uploads, kind="annex")
    return version_of(notice)


def changes(old: NoticeVersion, new: NoticeVersion) -> list[tuple[str, str, str]]:
    return [
        (change.what, str(change.old and change.old.file), str(change.new and change.new.file))
        for change in compare_versions(old, new).files
    ]


def labels(fields: list[FieldChange]) -> list[str]:
    return [change.label for change in fields]


def test_the_same_text_has_no_changes() -> None:
    division = DivisionFactory.create()
    one, other = (version_of(a_draft(division=division, number="")) for _ in range(2))

    assert compare_versions(one, other).is_empty


def test_it_names_the_printed_fields_that_differ() -> None:
    division = DivisionFactory.create()
    old = version_of(a_draft(division=division))
    new = version_of(a_draft(division=division, number="", due_on=date(2026, 12, 10), body="新"))

    comparison = compare_versions(old, new)

    assert labels(comparison.fields) == ["文書番号", "本文", "対応の期限"]
    assert comparison.fields[2].rows[-1].pieces[0].text == "令和８年12月10日（木）"


def test_a_joint_issuer_that_came_is_told() -> None:
    division = DivisionFactory.create()
    old = version_of(a_draft(division=division, number=""))
    joint = [DivisionFactory.create()]
    new = version_of(a_draft(division=division, number="", joint_issuers=joint))

    assert labels(compare_versions(old, new).fields) == ["発出元"]


def test_files_are_told_apart_by_name_and_content() -> None:
    old = files(a_draft(), same=b"1", replaced=b"2", before=b"3", gone=b"4")
    new = files(a_draft(), same=b"1", replaced=b"20", after=b"3", come=b"5")

    assert changes(old, new) == [
        ("差し替え", "replaced.txt", "replaced.txt"),
        ("名前の変更", "before.txt", "after.txt"),
        ("追加", "None", "come.txt"),
        ("削除", "gone.txt", "None"),
    ]


def test_a_file_taken_out_is_told() -> None:
    old, notice = files(a_draft(), annex=b"1"), a_draft()
    new = files(notice, annex=b"1")
    detach(notice, by=notice.created_by, attachment_id=new.attachments.get().pk)

    assert changes(old, new) == [("削除", "annex.txt", "None")]
