"""Starting the child, and telling how it ended."""

import os
import signal
import subprocess
import sys
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from django.conf import settings

from onepublic.core.text import without_forbidden
from onepublic.files.archives import BROKEN, ArchiveRefused, is_archive, refuse_dangerous
from onepublic.files.extraction import limits

READABLE = ("pdf", "docx", "xlsx", "pptx", "txt", "csv")
_CHUNK = 1024**2
_COMMAND = (sys.executable, "-m", "onepublic.files.extraction.child")

LOCKED = "パスワードが付いています。"
DANGEROUS = "展開すると大きくなりすぎるか、許可されていない記述を含みます。"
TOO_LONG = "読み取りに時間がかかりすぎます。"
TOO_LARGE = "読み取りに必要なメモリーが多すぎます。"
BROKEN_FILE = "ファイルの形式が壊れているか、対応していない形式です。"


class Unreadable(Exception):
    """The file's text can't be had; the message, in Japanese, says why."""


def extract(content: BinaryIO, *, kind: str) -> str:
    """The text of a file of a kind in READABLE, empty for pictures alone; raises Unreadable.

    An archive is looked through for bombs and DTDs before any library opens it.
    """
    try:
        if is_archive(content):
            refuse_dangerous(content)
    except ArchiveRefused as refusal:
        raise Unreadable(DANGEROUS) from refusal
    except BROKEN as error:
        raise Unreadable(BROKEN_FILE) from error
    content.seek(0)
    with NamedTemporaryFile() as copy:
        while chunk := content.read(_CHUNK):
            copy.write(chunk)
        copy.flush()
        return _text_of(_ended(kind, copy.name))


def _ended(kind: str, path: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(  # noqa: S603 - our own module, no shell
            [*_COMMAND, kind, path, str(limits.MEMORY_BYTES)],
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"},
            timeout=limits.WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(TOO_LONG) from error


def _text_of(ended: "subprocess.CompletedProcess[bytes]") -> str:
    if ended.returncode == 0:
        return without_forbidden(ended.stdout.decode("utf-8", errors="ignore"))
    if ended.returncode == limits.LOCKED:
        raise Unreadable(LOCKED)
    if ended.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable(TOO_LONG)
    if ended.returncode == -signal.SIGABRT or b"MemoryError" in ended.stderr:
        raise Unreadable(TOO_LARGE)
    raise Unreadable(BROKEN_FILE)
