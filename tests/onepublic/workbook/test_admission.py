from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from onepublic.workbook.admission import AdmissionLimits, WorkbookRefused, admit
from tests.onepublic.workbook.reopening import table, written

WORKBOOK = "xl/workbook.xml"
UNREADABLE = "Excelブック（.xlsx）として読み取れませんでした"
TOO_LARGE = "大きすぎる"
DTD = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
LIMITS = AdmissionLimits(members=20, unpacked_bytes=2_000_000, ratio=100, ratio_from_bytes=500_000)


def with_members(members: dict[str, bytes], compression: int = ZIP_DEFLATED) -> BytesIO:
    """A good workbook in which these members are replaced or added."""
    source, target = ZipFile(written(table([["あ"]]))), BytesIO()
    with ZipFile(target, "w", compression) as archive:
        for name in {**dict.fromkeys(source.namelist()), **members}:
            archive.writestr(name, members[name] if name in members else source.read(name))
    return target


def workbook_part(change: Callable[[str], bytes]) -> BytesIO:
    return with_members({WORKBOOK: change(ZipFile(written(table([]))).read(WORKBOOK).decode())})


def with_dtd(xml: str, dtd: str = DTD) -> str:
    declaration, root = xml.split("\n", 1)
    return f"{declaration}{dtd}{root}"


def encrypted() -> BytesIO:
    """The flag alone: central directory entries say that they are encrypted."""
    content = bytearray(written(table([])).getvalue())
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1
    return BytesIO(bytes(content))


def test_a_good_workbook_is_admitted_and_rewound() -> None:
    stream = written(table([["あ"]]))
    stream.seek(5)
    admit(stream, LIMITS)
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (BytesIO(b""), UNREADABLE),
        (BytesIO(b"a,b\n1,2\n"), UNREADABLE),
        (BytesIO(b"PK\x03\x04" + b"\0" * 99), UNREADABLE),
        (BytesIO(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), "パスワードの付いたファイル"),
        (BytesIO(written(table([])).getvalue()[:-30]), UNREADABLE),
        (with_members({"[Content_Types].xml": b"<Types/>"}), UNREADABLE),
        (with_members({"xl/vbaProject.bin": b"x"}), "マクロを含むファイル"),
        (with_members({"XL/workbook.xml": b"<x/>"}), UNREADABLE),
        (with_members({"xl/a.xml": b""}), UNREADABLE),
        (with_members({"xl/a.xml": b"no xml"}), UNREADABLE),
        (with_members({"xl/a.xml": b"<!-- " + b"x" * 100_000 + b" --><a/>"}), UNREADABLE),
        (with_members({"xl/a.xml": b"<?xml version='1.0' encoding='UT7-8'?><a/>"}), UNREADABLE),
        (with_members({}, ZIP_BZIP2), UNREADABLE),
        (encrypted(), UNREADABLE),
        (with_members({f"xl/{n}.bin": b"" for n in range(20)}), TOO_LARGE),
        (with_members({"xl/a.bin": b"\0" * 2_000_001}), TOO_LARGE),
        (with_members({"xl/a.bin": b"\0" * 600_000}), TOO_LARGE),
        (workbook_part(lambda xml: with_dtd(xml).encode()), "文書型宣言"),
        (workbook_part(lambda xml: with_dtd(xml, "<!DOCTYPE workbook>").encode()), "文書型宣言"),
        (
            workbook_part(lambda xml: with_dtd(xml).replace("UTF-8", "UTF-16").encode("utf-16")),
            "文書型宣言",
        ),
        (
            workbook_part(lambda xml: with_dtd(xml, f"<!--{'x' * 9_000}-->{DTD}").encode()),
            "文書型宣言",
        ),
    ],
)
def test_what_is_no_harmless_workbook_is_refused(stream: BytesIO, message: str) -> None:
    with pytest.raises(WorkbookRefused, match=message):
        admit(stream, LIMITS)
