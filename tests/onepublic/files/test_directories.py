import io
import struct
import zipfile

import pytest

from onepublic.files.directories import directory_bytes

END = 22


def packed(count: int, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = comment
        for number in range(count):
            archive.writestr(f"{number:04d}", b"")
    return out.getvalue()


def in_64_bits(content: bytes) -> bytes:
    """The same archive with its end record in the long form, as programs for large files do."""
    fields = struct.unpack("<4s4H2LH", content[-END:])
    count, size, place = fields[4:7]
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, place)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(content) - END, 1)
    short = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    return content[:-END] + record + locator + short


@pytest.mark.parametrize("count", [0, 1, 30])
@pytest.mark.parametrize("comment", [b"", b"PK\x05", b"x" * 65_535])
def test_each_entry_takes_its_fixed_part_and_its_name(count: int, comment: bytes) -> None:
    assert directory_bytes(io.BytesIO(packed(count, comment))) == count * (46 + 4)


def test_the_long_form_is_read_as_zipfile_reads_it() -> None:
    content = in_64_bits(packed(30))

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len(archive.namelist()) == 30
    assert directory_bytes(io.BytesIO(content)) == 30 * 50


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"PK\x03\x04 broken"])
def test_without_a_record_it_is_no_archive(content: bytes) -> None:
    with pytest.raises(zipfile.BadZipFile):
        directory_bytes(io.BytesIO(content))
