"""LibreOffice as the officer's program: it opens, calculates and saves a workbook."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None,
    reason="LibreOffice がありません（soffice、Debian では libreoffice-calc-nogui）",
)


def saved(books: list[bytes], place: Path, kind: str = "xlsx") -> list[bytes]:
    """The workbooks as LibreOffice saves them after it has opened them; ``place`` is empty."""
    for name, book in enumerate(books):
        (place / f"{name}.xlsx").write_bytes(book)
    there, profile = place / "saved", place / "profile"
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    sources = [str(place / f"{name}.xlsx") for name in range(len(books))]
    subprocess.run(
        [str(SOFFICE), *options, "--outdir", str(there), *sources],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return [(there / f"{name}.{kind}").read_bytes() for name in range(len(books))]
