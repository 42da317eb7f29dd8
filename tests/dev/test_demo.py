"""``./dev demo`` as a visitor runs it: in a checkout of its own, killed in every way."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from onepublic.dev import places
from onepublic.dev.state import State

pytestmark = pytest.mark.faults
ROOT = Path(__file__).resolve().parents[2]
LEFT_BEHIND = shutil.ignore_patterns(".*_cache", ".git", ".venv", ".onepublic", "__pycache__")
SECONDS_TO_VANISH = 20


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A copy of the project, below a private folder as in a home directory, without any state."""
    private = Path(tempfile.mkdtemp(prefix="onepublic-test-", dir="/tmp"))
    root = private / "checkout"
    shutil.copytree(ROOT, root, ignore=LEFT_BEHIND, symlinks=True)
    (root / ".venv").symlink_to((ROOT / ".venv").resolve())
    yield root
    State(root).reset()
    shutil.rmtree(private)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment() -> dict[str, str]:
    """Ours without the servers of this test run: the demo must start its own."""
    servers = ("DATABASE_URL", "REDIS_URL", "CACHE_URL", "ONEPUBLIC_MODE")
    return {name: value for name, value in os.environ.items() if name not in servers}


def dev(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [root / "dev", *arguments], env=environment(), capture_output=True, text=True, check=False
    )


@contextmanager
def demo(root: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], list[psutil.Process]]]:
    """The supervisor and all its processes, once it has said READY."""
    command = [str(root / "dev"), "demo", "--empty", "--port", str(port)]
    supervisor = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    try:
        said = []
        for line in iter(supervisor.stdout.readline, ""):
            said.append(line)
            if line.startswith("READY"):
                break
        assert said[-1] == f"READY http://127.0.0.1:{port}/\n"
        assert any("aoki@demo.example" in line for line in said)
        yield supervisor, psutil.Process(supervisor.pid).children(recursive=True)
    finally:
        supervisor.terminate()
        supervisor.wait()
        supervisor.stdout.close()


def survivors(processes: list[psutil.Process]) -> list[str]:
    _, alive = psutil.wait_procs(processes, timeout=SECONDS_TO_VANISH)
    return [" ".join(process.cmdline()) for process in alive]


def test_no_signal_leaves_a_process_behind_or_loses_what_was_entered(checkout: Path) -> None:
    port = free_port()
    with demo(checkout, port) as (supervisor, processes):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=10) as health:
            assert health.status == 200
        second = dev(checkout, "demo", "--port", str(port))
        assert (second.returncode, second.stderr.count("\n")) == (1, 1)
        assert second.stderr.startswith("エラー: このフォルダーのデモはすでに起動しています")
        made = dev(checkout, "manage", "shell", "-c", MAKE_A_MESSAGE)
        assert made.returncode == 0, made.stderr
        supervisor.send_signal(signal.SIGKILL)
        supervisor.wait()
        assert survivors(processes) == []

    for gentle in (signal.SIGTERM, signal.SIGINT):
        with demo(checkout, port) as (supervisor, processes):
            kept = dev(checkout, "manage", "shell", "-v", "0", "-c", PRINT_MESSAGES)
            assert kept.stdout == "['入力したもの']\n"
            supervisor.send_signal(gentle)
            assert supervisor.wait() == 0
            assert survivors(processes) == []


MAKE_A_MESSAGE = """
from onepublic.dev.models import DemoMail
DemoMail.objects.create(recipient="a@example.jp", subject="入力したもの", text="")
"""
PRINT_MESSAGES = """
from onepublic.dev.models import DemoMail
print(list(DemoMail.objects.filter(recipient="a@example.jp").values_list("subject", flat=True)))
"""


def test_a_used_port_is_one_sentence(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        refused = dev(checkout, "demo", "--port", str(port))

    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"エラー: ポート {port} は使用中です。./dev demo --port で別の番号を指定してください。\n"
    )


def test_a_damaged_database_is_one_sentence(checkout: Path) -> None:
    home = places.server_home(State(checkout).postgres)
    (home / "cluster").mkdir(exist_ok=True)
    (home / "cluster" / "PG_VERSION").write_text("damaged")

    refused = dev(checkout, "demo", "--port", str(free_port()))

    assert refused.returncode == 1
    assert refused.stderr.startswith("エラー: PostgreSQL を起動できません。")
    assert refused.stderr.count("\n") == 1
    State(checkout).reset()


def test_a_broken_state_folder_is_one_sentence(tmp_path: Path) -> None:
    for name in ("dev", "onepublic", "requirements-dev.lock", ".venv"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "dev").unlink()
    shutil.copy(ROOT / "dev", tmp_path / "dev")
    (tmp_path / ".onepublic").write_text("a file where a folder should be")

    refused = dev(tmp_path, "demo", "--port", str(free_port()))

    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.startswith("エラー: ファイルを扱えません。")
