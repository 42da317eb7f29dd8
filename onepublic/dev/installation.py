"""Make ``.venv`` from the hash lock: uv first (pinned too), then everything else through uv.

A stamp in ``.venv`` tells a finished installation from an interrupted one, which may have left
half a file anywhere and is made anew.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onepublic.dev import indexes, processes
from onepublic.dev.console import Refusal, step

LOCK = "requirements-dev.lock"
STAMP = "onepublic.stamp"
UNFINISHED = "unfinished"
BROKEN_LOCK = f"{LOCK} のとおりにインストールできません。ファイルが壊れているか、通信できません。"
NO_VENV = "仮想環境 .venv を作れません。Python の venv と pip が入っているか確認してください。"


def ensure(root: Path) -> Path:
    """The Python of a complete ``.venv``, made or repaired when needed.

    Raises:
        Refusal: no venv module, a lock whose hashes fail, no network.
    """
    home = root / ".venv"
    python = home / "bin" / "python"
    stamp = home / STAMP
    if _reads(stamp) == fingerprint(root / LOCK, python):
        return python
    home.mkdir(exist_ok=True)
    with _locked(home):
        if _reads(stamp) != fingerprint(root / LOCK, python):
            anew = _reads(stamp) in ("", UNFINISHED) or not _has_pip(python)
            stamp.write_text(UNFINISHED)
            _install(root, home, python, anew=anew)
            stamp.write_text(fingerprint(root / LOCK, python))
    return python


def fingerprint(lock: Path, python: Path) -> str:
    """Changes when the lock changes, or the Python behind ``.venv`` (upgraded or gone)."""
    if not lock.exists():
        raise Refusal(f"{LOCK} がありません。")
    return f"{python.resolve().name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def is_running(python: Path) -> bool:
    """Whether this process already runs in the environment of ``python``."""
    return Path(sys.prefix).resolve() == python.parent.parent.resolve()


def block_of(lock_text: str, package: str) -> str:
    """One package's lines of a lock: its pin and all its hashes."""
    lines = lock_text.splitlines(keepends=True)
    start = next((n for n, line in enumerate(lines) if line.startswith(f"{package}==")), None)
    if start is None:
        raise Refusal(f"{LOCK} に {package} がありません。")
    rest = (n for n in range(start + 1, len(lines)) if not lines[n].startswith((" ", "\t")))
    return "".join(lines[start : next(rest, len(lines))])


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Two ``./dev`` at once: the second waits until the first has installed everything."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _install(root: Path, home: Path, python: Path, *, anew: bool) -> None:
    log = root / ".onepublic" / "installation.log"
    log.parent.mkdir(exist_ok=True)
    if anew:
        with step("仮想環境 .venv の作成"):
            command: processes.Command = [sys.executable, "-m", "venv", "--clear", home]
            processes.run(command, log=log, sentence=NO_VENV)
            (home / STAMP).write_text(UNFINISHED)
    with step("パッケージのインストール"):
        _install_uv(root, home, python, log)
        _install_all(root / LOCK, home, python, log)


def _install_all(lock: Path, home: Path, python: Path, log: Path) -> None:
    """With uv in seconds; with pip in a minute where uv can't reach the index that pip uses."""
    env = {**os.environ, **indexes.of_this_machine(python), "VIRTUAL_ENV": str(home)}
    options: list[str | Path] = ["install", "--quiet", "--require-hashes", "-r", lock]
    try:
        processes.run(
            [home / "bin" / "uv", "pip", *options], log=log, env=env, sentence=BROKEN_LOCK
        )
    except Refusal:
        if "hash" in processes.last_lines(log).lower():
            raise
        processes.run([python, "-m", "pip", *options], log=log, sentence=BROKEN_LOCK)


def _install_uv(root: Path, home: Path, python: Path, log: Path) -> None:
    block = home / "uv.lock"
    block.write_text(block_of((root / LOCK).read_text(), "uv"))
    pip: processes.Command = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "-r",
        block,
    ]
    processes.run(pip, log=log, sentence=BROKEN_LOCK)


def _has_pip(python: Path) -> bool:
    if not python.exists():
        return False
    answer = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    return answer.returncode == 0


def _reads(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""
