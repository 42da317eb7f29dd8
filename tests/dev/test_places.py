import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onepublic.dev import places


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder with a short path that any user may pass through, unlike ``tmp_path``."""
    folder = Path(tempfile.mkdtemp(prefix="onepublic-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_reachable_home_is_used_as_it_is(open_folder: Path) -> None:
    home = places.server_home(open_folder / "postgres")

    assert home == open_folder / "postgres"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="root 以外では起こらない場合の検査です")
def test_below_a_private_folder_root_gets_a_home_elsewhere(open_folder: Path) -> None:
    open_folder.chmod(0o700)

    home = places.server_home(open_folder / "postgres")

    user = places.server_user()
    assert user is not None
    assert home.parent == places.SYSTEM_STATE
    assert home.stat().st_uid == user.pw_uid
    assert places.server_home(open_folder / "postgres") == home
    home.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="root 以外では起こらない場合の検査です")
def test_root_never_runs_postgres_as_root() -> None:
    user = places.server_user()

    assert user is not None
    assert user.pw_uid != 0


def test_sockets_live_in_a_short_home(open_folder: Path) -> None:
    assert places.socket_folder(open_folder, None) == open_folder / "sockets"


def test_a_deep_home_gets_short_sockets_and_one_folder_only(open_folder: Path) -> None:
    deep = open_folder / ("d" * 90)
    deep.mkdir()
    first = places.socket_folder(deep, None)

    second = places.socket_folder(deep, None)

    assert len(bytes(second)) <= places.LONGEST_SOCKET_FOLDER
    assert not first.exists()
    assert (deep / "sockets").resolve() == second
    places.remove_short_sockets(deep)
    assert [second.exists(), list(deep.iterdir())] == [False, []]
