"""Archives that are a danger are refused by what they hold; ordinary ones are taken."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from onepublic.dev.seeding.files import sample_file
from onepublic.files import archives
from onepublic.files.archives import ArchiveRefused, name_of, refuse_dangerous
from onepublic.files.uploads import PROTECTED_OR_OLD, check_upload

Member = tuple[str | zipfile.ZipInfo, bytes]
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def packed(*members: Member) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def nested(depth: int) -> bytes:
    content = b"text"
    for _ in range(depth):
        content = packed(("中.txt", content))
    return content


def with_part(name: str, content: bytes, *, of: str = "文.docx") -> bytes:
    out = io.BytesIO(sample_file(of))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o120777 << 16
    return entry


def encrypted() -> bytes:
    """Says of its first entry, in both places, that it has a password."""
    content = bytearray(packed(("別紙.txt", b"text")))
    for start, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(start) + place] |= 1
    return bytes(content)


def refusal(content: bytes) -> str:
    with pytest.raises(ArchiveRefused) as refused:
        refuse_dangerous(io.BytesIO(content))
    return str(refused.value)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: packed(("零.txt", bytes(20 * 1024**2))), archives.TOO_LARGE),
        (lambda: packed(("箱.zip", packed(("零.txt", bytes(20 * 1024**2))))), archives.TOO_LARGE),
        (lambda: nested(4), archives.TOO_DEEP),
        (lambda: packed(("../外.txt", b"")), archives.UNSAFE_NAME),
        (lambda: packed(("中/../../外.txt", b"")), archives.UNSAFE_NAME),
        (lambda: packed(("/etc/外.txt", b"")), archives.UNSAFE_NAME),
        (lambda: packed(("C:外.txt", b"")), archives.UNSAFE_NAME),
        (lambda: packed(("..\\外.txt", b"")), archives.UNSAFE_NAME),
        (lambda: packed(("改\n行.txt", b"")), archives.UNSAFE_NAME),
        (lambda: packed((link("近道"), b"/etc/passwd")), archives.UNSAFE_NAME),
        (encrypted, archives.ENCRYPTED),
        (lambda: packed(("請求書.pdf.exe", b"x")), archives.PROGRAM),
        (lambda: packed(("請求書.pdf", b"MZ\x90\x00")), archives.PROGRAM),
        (lambda: packed(("箱.zip", b"PK\x03\x04 broken")), archives.UNREADABLE),
        (lambda: with_part("word/theme.xml", DTD), archives.UNSAFE_XML),
        (lambda: with_part("word/theme.xml", DTD.decode().encode("utf-16")), archives.UNSAFE_XML),
        (lambda: with_part("word/_rels/x.rels", DTD), archives.UNSAFE_XML),
        (lambda: packed(("文.docx", with_part("word/theme.xml", DTD))), archives.UNSAFE_XML),
        (lambda: with_part("word/x.xml", b"<!--" + b" " * 70_000), archives.UNREADABLE),
        (lambda: with_part("WORD/document.xml", b"<x/>"), archives.UNREADABLE),
        (lambda: with_part("word/vbaProject.bin", b"\xd0\xcf"), archives.MACROS),
        (lambda: packed(("文.docx", with_part("xl/vbaProject.bin", b"x"))), archives.MACROS),
    ],
)
def test_dangerous_ones(make: Callable[[], bytes], reason: str) -> None:
    assert refusal(make()) == reason


@pytest.mark.parametrize(
    "content",
    [
        packed(("別紙.txt", b"text"), ("中/", b""), ("中/様式.xlsx", sample_file("様式.xlsx"))),
        packed(("空.txt", b"")),
        nested(3),
        with_part("word/embeddings/表.xlsx", sample_file("表.xlsx")),
        with_part("customXml/item1.xml", b""),
        packed(("零.txt", bytes(3 * 1024**2))),
        packed(("..表..txt", b"")),
    ],
)
def test_ordinary_ones_are_taken_and_can_be_read_from_their_beginning(content: bytes) -> None:
    archive = io.BytesIO(content)

    refuse_dangerous(archive)

    assert archive.read() == content


def test_the_limits_are_those_of_the_settings(settings: Settings) -> None:
    three = packed(("一.txt", b"1"), ("二.txt", b"22"), ("三.txt", b"333"))

    settings.FILE_MAX_ENTRIES = 3
    settings.FILE_MAX_UNPACKED_BYTES = 6
    refuse_dangerous(io.BytesIO(three))
    settings.FILE_MAX_UNPACKED_BYTES = 5
    assert refusal(three) == archives.TOO_LARGE
    settings.FILE_MAX_ENTRIES = 2
    assert refusal(three) == archives.TOO_MANY


def test_what_is_inside_counts_together_with_what_is_around_it(settings: Settings) -> None:
    settings.FILE_MAX_ENTRIES = 3

    assert refusal(packed(("箱.zip", packed(("一", b""), ("二", b""), ("三", b""))))) == (
        archives.TOO_MANY
    )


def test_a_list_of_very_many_entries_is_refused_before_it_is_read(settings: Settings) -> None:
    settings.FILE_MAX_ENTRIES = 10
    many = packed(*((f"{number:0200d}", b"") for number in range(100)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zipfile.ZipFile, "__init__", lambda *_: pytest.fail("it was opened"))
        assert refusal(many) == archives.TOO_MANY


def test_shift_jis_names_with_a_backslash_in_a_letter_are_no_paths() -> None:
    """ソ and 表 are 0x83 0x5C and 0x95 0x5C; Windows writes them without the flag for UTF-8."""
    stand_in = "AAAAAA.txt"
    content = packed((stand_in, b"text")).replace(
        stand_in.encode(), "ソ表..".encode("cp932") + b".txt"
    )

    refuse_dangerous(io.BytesIO(content))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert name_of(archive.infolist()[0]) == "ソ表...txt"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("集.zip", packed(("../外.txt", b"")), f"「集.zip」は、{archives.UNSAFE_NAME}"),
        (
            "文.docx",
            with_part("word/vbaProject.bin", b"x"),
            f"「文.docx」は、{archives.MACROS}",
        ),
        ("文.docx", bytes.fromhex("d0cf11e0a1b11ae1"), f"「文.docx」は、{PROTECTED_OR_OLD}"),
    ],
)
def test_the_uploader_reads_which_file_and_why(name: str, content: bytes, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_upload(SimpleUploadedFile(name, content))

    assert refused.value.message == message


def test_macros_come_in_only_under_their_own_ending_and_only_where_allowed(
    settings: Settings,
) -> None:
    content = with_part("xl/vbaProject.bin", b"x", of="表.xlsx")
    as_macros = SimpleUploadedFile("表.xlsm", content)
    disguised = SimpleUploadedFile("表.xlsx", content)
    plain = SimpleUploadedFile("表.xlsm", sample_file("表.xlsx"))

    with pytest.raises(ValidationError, match="添付できない種類です"):
        check_upload(as_macros)
    settings.FILE_MACRO_ENDINGS = [".xlsm"]
    assert check_upload(as_macros) == "xlsm"
    with pytest.raises(ValidationError, match="マクロを含む"):
        check_upload(disguised)
    with pytest.raises(ValidationError, match="示す種類と違います"):
        check_upload(plain)
