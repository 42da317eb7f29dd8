"""Checks on an uploaded workbook, before anything parses it as one."""

from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from onepublic.core.prolog import declares_doctype

_OLE_START = bytes.fromhex("d0cf11e0a1b11ae1")  # .xls, and .xlsx with a password
_WORKBOOK_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_ODF = b"application/vnd.oasis.opendocument"
_CONTENT_TYPES = "[Content_Types].xml"
_MACROS = "vbaproject.bin"
_ENCRYPTED = 0x1
# LookupError: parts or encodings that don't exist; RuntimeError: zip features unknown to Python
BROKEN = (BadZipFile, EOFError, LookupError, RuntimeError, ValueError, ZlibError)

NOT_A_WORKBOOK = "Excelブック（.xlsx）として読み取れませんでした。ファイルの形式をご確認ください。"
TOO_LARGE = "ファイルの内容が大きすぎるため、読み取れません。"
_PROTECTED_OR_OLD = (
    "パスワードの付いたファイル、または古い形式（.xls）のファイルは読み取れません。"
    "パスワードを外し、.xlsx形式で保存し直してください。"
)
_HAS_MACROS = "マクロを含むファイルは読み取れません。マクロのない.xlsx形式で保存し直してください。"
_OPEN_DOCUMENT = (
    "LibreOfficeの形式（.ods）のファイルは読み取れません。"
    "「名前を付けて保存」で「Excel 2007-365（.xlsx）」を選び、保存し直してください。"
)
_UNSAFE = "ファイルに許可されていない記述（文書型宣言）が含まれているため、読み取れません。"


class WorkbookRefused(Exception):
    """The file isn't a workbook that we read; the message, in Japanese, is for its sender."""


@dataclass(frozen=True, slots=True)
class AdmissionLimits:
    """How much a small file may unpack to."""

    members: int = 1_000
    unpacked_bytes: int = 100 * 1024 * 1024
    ratio: int = 300  # a styled but empty sheet compresses about a hundredfold
    ratio_from_bytes: int = 4 * 1024 * 1024
    cells: int = 20_000_000


def admit(source: BinaryIO, limits: AdmissionLimits) -> None:
    """Raise WorkbookRefused unless the seekable stream is a harmless .xlsx; rewinds it."""
    source.seek(0)
    if source.read(len(_OLE_START)) == _OLE_START:
        raise WorkbookRefused(_PROTECTED_OR_OLD)
    try:
        with ZipFile(source) as archive:
            _check_members(archive.infolist(), limits)
            _check_type(archive)
            _check_prologs(archive)
    except BROKEN as error:
        raise WorkbookRefused(NOT_A_WORKBOOK) from error
    source.seek(0)


def _check_members(members: list[ZipInfo], limits: AdmissionLimits) -> None:
    """Sizes are the zip's own statement; zipfile never unpacks more than is stated."""
    total = sum(member.file_size for member in members)
    if len(members) > limits.members or total > limits.unpacked_bytes:
        raise WorkbookRefused(TOO_LARGE)
    if any(_is_bomb(member, limits) for member in members):
        raise WorkbookRefused(TOO_LARGE)
    if len({member.filename.lower() for member in members}) < len(members):
        raise WorkbookRefused(NOT_A_WORKBOOK)
    if not all(_is_plain(member) for member in members):
        raise WorkbookRefused(NOT_A_WORKBOOK)


def _is_bomb(member: ZipInfo, limits: AdmissionLimits) -> bool:
    return (
        member.file_size > limits.ratio_from_bytes
        and member.file_size > limits.ratio * member.compress_size
    )


def _is_plain(member: ZipInfo) -> bool:
    return member.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not member.flag_bits & _ENCRYPTED


def _check_type(archive: ZipFile) -> None:
    if "mimetype" in archive.namelist() and archive.read("mimetype").startswith(_ODF):
        raise WorkbookRefused(_OPEN_DOCUMENT)
    if any(name.lower().endswith(_MACROS) for name in archive.namelist()):
        raise WorkbookRefused(_HAS_MACROS)
    if _WORKBOOK_TYPE not in archive.read(_CONTENT_TYPES):
        raise WorkbookRefused(NOT_A_WORKBOOK)


def _check_prologs(archive: ZipFile) -> None:
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(name) as part:
                if declares_doctype(part):
                    raise WorkbookRefused(_UNSAFE)
