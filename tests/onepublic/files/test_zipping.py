"""The archive as independent readers see it: Python's zipfile and Info-ZIP's unzip."""

import io
import shutil
import subprocess
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onepublic.files.bundles import LEFT_OUT, Text, distinct
from onepublic.files.zipping import CHUNK, Entry, length_of, zipped

AT = datetime(2026, 11, 23, 1, 2, 4, tzinfo=UTC)
NAMES = ["01_別紙1_実施要領.pdf", "02_様式1_髙﨑.xlsx", "03_𠮷野家.txt"]


def entry(name: str, content: bytes) -> Entry:
    return Entry(name, len(content), AT, Text(content))


def packed(entries: Sequence[Entry]) -> bytes:
    return b"".join(zipped(entries))


@given(st.lists(st.binary(max_size=50), max_size=8))
def test_zipfile_reads_every_byte_back_and_the_length_was_known(contents: list[bytes]) -> None:
    entries = [entry(f"{number}_別紙.bin", content) for number, content in enumerate(contents)]

    whole = packed(entries)

    assert len(whole) == length_of(entries)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        assert [archive.read(name) for name in archive.namelist()] == contents


def test_names_carry_the_flag_for_utf_8_and_the_time_is_japanese() -> None:
    whole = packed([entry(name, b"x") for name in NAMES])

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        listed = archive.infolist()
    assert [(one.filename, one.flag_bits, one.date_time) for one in listed] == [
        (name, 0x800, (2026, 11, 23, 10, 2, 4)) for name in NAMES
    ]


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip がありません")
def test_unzip_unpacks_it_under_the_same_names(tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(packed([entry(name, name.encode()) for name in NAMES]))

    result = subprocess.run(
        ["unzip", "-q", target.name, "-d", "out"],
        cwd=tmp_path,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")
    found = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert found == {name: name.encode() for name in NAMES}


def test_memory_does_not_grow_with_the_files(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(bytes(64 * CHUNK))

    class OnDisk:
        def open(self) -> io.BufferedReader:
            return large.open("rb")

    entries = [Entry(f"{n}.bin", 64 * CHUNK, AT, OnDisk()) for n in range(4)]
    tracemalloc.start()
    length = sum(len(piece) for piece in zipped(entries))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert length == length_of(entries)
    assert peak < 8 * CHUNK


def test_a_file_that_has_changed_its_length_breaks_the_download_off() -> None:
    with pytest.raises(OSError, match="2 bytes where 3"):
        packed([Entry("別紙.txt", 3, AT, Text(b"xx"))])


def test_names_that_windows_takes_for_one_are_numbered() -> None:
    assert distinct(["a.txt", "A.TXT", "a.txt", "a", "a", LEFT_OUT]) == [
        "a.txt",
        "A (2).TXT",
        "a (3).txt",
        "a",
        "a (2)",
        "00_含まれていないファイル (2).txt",
    ]


@given(st.lists(st.text(max_size=250), max_size=10))
def test_names_are_different_short_and_safe_on_every_system(names: list[str]) -> None:
    found = distinct(names)

    assert len({name.casefold() for name in found}) == len(names)
    assert all(len(name.encode()) <= 255 for name in found)
    assert all(unicodedata.is_normalized("NFC", name) for name in found)
    assert not any(set('/\\:*?"<>|') & set(name) for name in found)
