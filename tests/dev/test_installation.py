from pathlib import Path

import pytest

from onepublic.dev import installation
from onepublic.dev.console import Refusal

LOCK_TEXT = """\
alpha==1.0 \\
    --hash=sha256:aa
uv==0.9.1 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
uvicorn==1.0 \\
    --hash=sha256:dd
"""


def write_lock(root: Path, text: str = LOCK_TEXT) -> None:
    (root / installation.LOCK).write_text(text)


def test_block_holds_one_package_with_all_its_hashes() -> None:
    block = installation.block_of(LOCK_TEXT, "uv")

    assert block == "uv==0.9.1 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"


def test_block_of_the_last_package_ends_with_the_file() -> None:
    block = installation.block_of(LOCK_TEXT, "uvicorn")

    assert block == "uvicorn==1.0 \\\n    --hash=sha256:dd\n"


def test_a_lock_without_the_package_is_refused() -> None:
    with pytest.raises(Refusal, match="beta がありません"):
        installation.block_of(LOCK_TEXT, "beta")


def test_a_finished_installation_is_left_alone(tmp_path: Path) -> None:
    write_lock(tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    stamp = tmp_path / ".venv" / installation.STAMP
    stamp.write_text(installation.fingerprint(tmp_path / installation.LOCK, python))

    assert installation.ensure(tmp_path) == python
    assert list(python.parent.iterdir()) == [python]


def test_another_lock_has_another_fingerprint(tmp_path: Path) -> None:
    write_lock(tmp_path)
    python = tmp_path / "python3.11"
    before = installation.fingerprint(tmp_path / installation.LOCK, python)

    write_lock(tmp_path, LOCK_TEXT.replace("1.0", "1.1"))

    assert installation.fingerprint(tmp_path / installation.LOCK, python) != before


def test_another_python_has_another_fingerprint(tmp_path: Path) -> None:
    write_lock(tmp_path)
    lock, python = tmp_path / installation.LOCK, tmp_path / "python"
    python.symlink_to("python3.11")
    before = installation.fingerprint(lock, python)

    python.unlink()
    python.symlink_to("python3.12")

    assert installation.fingerprint(lock, python) != before


def test_a_missing_lock_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="がありません"):
        installation.ensure(tmp_path)


@pytest.mark.faults
def test_wrong_hashes_are_refused_and_nothing_half_done_stays(tmp_path: Path) -> None:
    write_lock(tmp_path)
    half_a_program = tmp_path / ".venv" / "bin" / "uv"
    half_a_program.parent.mkdir(parents=True)
    half_a_program.touch()

    with pytest.raises(Refusal, match=r"requirements-dev\.lock のとおりにインストールできません"):
        installation.ensure(tmp_path)

    assert not half_a_program.exists()
    stamp = tmp_path / ".venv" / installation.STAMP
    assert stamp.read_text() == installation.UNFINISHED
