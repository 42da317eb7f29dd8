import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from pytest_django import Settings

from onepublic.dev.seeding.files import MAKERS, sample_file
from onepublic.files.models import StoredFile
from onepublic.files.names import clean_name
from onepublic.files.serving import file_response
from onepublic.files.uploads import check_upload, store
from tests.factories.accounts import UserFactory

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17)


def stored_paths(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("ending", sorted(MAKERS))
def test_the_type_is_told_by_content(ending: str) -> None:
    upload = SimpleUploadedFile(f"見本.{ending}", sample_file(f"見本.{ending}"))

    assert check_upload(upload) == ending


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("請求書.pdf", PNG, "「請求書.pdf」の中身が、拡張子（.pdf）の示す種類と違います。"),
        ("画像.png", b"%PDF-1.4\n", "「画像.png」の中身が"),
        ("表.xlsx", sample_file("文.docx"), "「表.xlsx」の中身が"),
        ("文.docx", b"PK\x03\x04 broken", "「文.docx」の中身が"),
        ("案.txt", b"MZ\x90\x00", "「案.txt」の中身が"),
        ("実行.exe", b"MZ", "「実行.exe」は添付できない種類です。"),
        ("ページ.html", b"<script>", "「ページ.html」は添付できない種類です。"),
        ("無し", b"abc", "「無し」は添付できない種類です。"),
        ("空.pdf", b"", "「空.pdf」は空のファイルです。"),
    ],
)
def test_a_file_that_lies_is_refused_by_name(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_upload(SimpleUploadedFile(name, content))

    assert refused.value.message.startswith(message)


def test_a_file_over_the_limit_is_refused(settings: Settings) -> None:
    settings.FILE_MAX_BYTES = 1024 * 1024

    with pytest.raises(ValidationError) as refused:
        check_upload(SimpleUploadedFile("大.txt", b"a" * (1024 * 1024 + 1)))

    assert refused.value.message == "「大.txt」は大きすぎます。1MB以下にしてください。"


def test_japanese_text_files_of_old_offices_are_text() -> None:
    upload = SimpleUploadedFile("名簿.csv", "氏名,よみ\n髙橋,たかはし\n".encode("cp932"))

    assert check_upload(upload) == "csv"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\町\\様式.xlsx", "様式.xlsx"),
        ("\u202egnp.exe.pdf", "gnp.exe.pdf"),
        ("か\u3099い.pdf", "がい.pdf"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ('別紙<1>"最終".pdf', "別紙_1__最終_.pdf"),
        ("長" * 300 + ".pdf", "長" * 196 + ".pdf"),
        (".pdf", "pdf"),
        ("...", "ファイル"),
    ],
)
def test_names_are_cleaned_and_keep_their_ending(given: str, kept: str) -> None:
    assert clean_name(given) == kept


@pytest.mark.django_db
def test_a_stored_file_has_a_random_key_its_hash_and_its_bytes(files_root: Path) -> None:
    content = sample_file("別紙.pdf")
    person = UserFactory.create()

    stored = store(SimpleUploadedFile("別紙１.pdf", content), kind="pdf", by=person)

    assert (stored.name, stored.content_type, stored.size) == (
        "別紙１.pdf",
        "application/pdf",
        len(content),
    )
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert "別紙" not in stored.key
    assert stored.created_by == person
    with stored.open() as file:
        assert file.read() == content


@pytest.mark.django_db
def test_a_row_that_can_not_be_written_leaves_no_bytes(
    files_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**values: object) -> StoredFile:
        raise DatabaseError("full")

    monkeypatch.setattr(StoredFile.objects, "create", refuse)

    with pytest.raises(DatabaseError):
        store(SimpleUploadedFile("a.txt", b"a"), kind="txt", by=None)

    assert stored_paths(files_root) == []


@pytest.mark.django_db
def test_a_file_is_served_as_attachment_under_its_japanese_name() -> None:
    stored = store(SimpleUploadedFile("様式 第１号.txt", b"abc"), kind="txt", by=None)

    response = file_response(stored)

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E6%A7%98%E5%BC%8F%20%E7%AC%AC%EF%BC%91%E5%8F%B7.txt"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert b"".join(response) == b"abc"
    response.close()


def test_an_archive_with_names_in_no_encoding_is_refused_not_an_error() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("別紙.txt", "本文")
    broken = packed.getvalue().replace("別紙".encode(), b"\xe5\x88\xe5\xe5\xe5\xe5")

    with pytest.raises(ValidationError, match="示す種類と違います"):
        check_upload(SimpleUploadedFile("別紙.zip", broken))
