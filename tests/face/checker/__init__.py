"""The W3C's own HTML checker, run once over many pages; README.md says how it is installed."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
JAR = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
INSTALL_SECONDS = 180
NO_PROGRAM = "HTML の検査には Java と npm が必要です（Debian では default-jre-headless と npm）"
NO_CHECKER = "HTML の検査に使う vnu-jar を npm から取得できません"
ACCEPTED = {
    # Lists without bullets are no lists to VoiceOver in Safari unless the role says so.
    "The “list” role is unnecessary for element “ul”.",
    "The “list” role is unnecessary for element “ol”.",
}


def complaints(pages: Sequence[str], folder: Path) -> list[list[str]]:
    """Errors and warnings of each page, as ``line: what``; ``folder`` is made for them.

    Skips the test, with the reason, where the checker can't be had.
    """
    folder.mkdir()
    for number, html in enumerate(pages):
        (folder / f"{number}.html").write_text(html, encoding="utf-8")
    found: list[list[str]] = [[] for _ in pages]
    for message in _messages(_checker(), folder):
        if message["message"] not in ACCEPTED:
            page = found[int(Path(message["url"]).stem)]
            page.append(f"{message.get('lastLine')}: {message['message']}")
    return found


def _messages(checker: list[str], folder: Path) -> list[dict[str, str]]:
    command = [*checker, "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    answer = subprocess.run(command, capture_output=True, check=True)
    messages: list[dict[str, str]] = json.loads(answer.stdout)["messages"]
    return messages


def _checker() -> list[str]:
    java, npm = shutil.which("java"), shutil.which("npm")
    if java is None or (npm is None and not JAR.exists()):
        pytest.skip(NO_PROGRAM)
    if _installed() != _wanted() and not (npm and _install(npm)):
        pytest.skip(NO_CHECKER)
    return [java, "-jar", str(JAR)]


def _install(npm: str) -> bool:
    try:
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=HERE, capture_output=True, check=True, timeout=INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return False
    return True


def _wanted() -> str:
    version: str = json.loads((HERE / "package.json").read_text())["dependencies"]["vnu-jar"]
    return version


def _installed() -> str:
    package = HERE / "node_modules" / "vnu-jar" / "package.json"
    return str(json.loads(package.read_text())["version"]) if package.exists() else ""
