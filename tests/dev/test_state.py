import os
from pathlib import Path

import pytest

from onepublic.dev.console import Refusal
from onepublic.dev.state import State


def test_a_second_holder_is_refused(tmp_path: Path) -> None:
    first, second = State(tmp_path), State(tmp_path)

    with first.locked():
        assert second.is_locked()
        with pytest.raises(Refusal, match="すでに起動しています"), second.locked():
            pass

    assert not second.is_locked()


def test_the_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.folder.mkdir()

    first = state.secret_key()

    assert len(first) == 86
    assert State(tmp_path).secret_key() == first
    assert (state.folder / "secret_key").stat().st_mode & 0o777 == 0o600


def test_reset_forgets_what_was_entered_and_keeps_the_key(tmp_path: Path) -> None:
    state = State(tmp_path)
    for folder in (state.postgres, state.valkey, state.files):
        folder.mkdir(parents=True)
        (folder / "entered").touch()
    key = state.secret_key()

    state.reset()

    assert [path.name for path in state.folder.iterdir()] == ["secret_key"]
    assert state.secret_key() == key


def test_a_running_demo_tells_where_its_servers_are(tmp_path: Path) -> None:
    state = State(tmp_path)
    with state.locked():
        state.write_running({"DATABASE_URL": "postgres://somewhere"})

        assert State(tmp_path).read_running() == {
            **os.environ,
            "DATABASE_URL": "postgres://somewhere",
        }
        assert state.running.stat().st_mode & 0o777 == 0o600


def test_a_starting_demo_tells_nothing_yet(tmp_path: Path) -> None:
    state = State(tmp_path)
    with state.locked():
        state.write_running({"DATABASE_URL": "postgres://of-an-earlier-start"})

    with state.locked(), pytest.raises(Refusal, match="起動が終わるまで"):
        State(tmp_path).read_running()
