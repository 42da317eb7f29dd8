"""A workbook as LibreOffice understands it."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice がありません（soffice）"
)


def through_libreoffice(book: bytes, place: Path) -> bytes:
    """Opened and saved again, in a profile of its own; ``place`` is an empty folder."""
    (place / "book.xlsx").write_bytes(book)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    conversion = ["--headless", "--convert-to", "xlsx", "--outdir", "out", "book.xlsx"]
    subprocess.run(
        [str(SOFFICE), profile, *conversion],
        cwd=place,
        check=True,
        capture_output=True,
        timeout=170,
    )
    return (place / "out" / "book.xlsx").read_bytes()
