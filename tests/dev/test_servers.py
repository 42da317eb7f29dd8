"""The embedded servers are the real ones: these tests kill them and look at what is left."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from onepublic.dev import postgres, servers, valkey
from onepublic.dev.console import Refusal
from onepublic.dev.state import State

pytestmark = pytest.mark.faults


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder with a short path that PostgreSQL's user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="onepublic-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def database(home: Path) -> Iterator[postgres.Postgres]:
    server = postgres.prepared(home / "pg", log=home / "log", settings=postgres.FOR_DEMO)
    yield server
    server.stop()


@pytest.fixture
def broker(home: Path) -> Iterator[valkey.Valkey]:
    server = valkey.prepared(home / "vk", log=home / "log", durable=True)
    yield server
    server.stop()


def kill(server: postgres.Postgres | valkey.Valkey) -> None:
    assert server.child is not None
    server.child.kill()
    server.child.wait()


def test_postgres_keeps_its_rows_after_kill_9(database: postgres.Postgres) -> None:
    database.start()
    database.query("create table kept as select 1 as one")

    kill(database)
    database.start()

    assert database.query("select one from kept") == [(1,)]


def test_postgres_knows_japanese_and_lets_nobody_in_from_outside(
    database: postgres.Postgres,
) -> None:
    database.start()
    database.prepare()

    assert database.query("show listen_addresses") == [("",)]
    assert database.query("select length('厚生労働省')") == [(5,)]
    assert database.query("select datname from pg_database where datname = 'onepublic'") == [
        ("onepublic",)
    ]


def test_a_damaged_cluster_is_refused_at_once(database: postgres.Postgres) -> None:
    (database.cluster / "PG_VERSION").unlink()

    with pytest.raises(Refusal, match="PostgreSQL を起動できません"):
        database.start()


def test_an_interrupted_initialisation_does_not_count(home: Path) -> None:
    unfinished = home / "pg" / "cluster.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "half").touch()

    server = postgres.prepared(home / "pg", log=home / "log", settings=postgres.FOR_TESTS)

    assert (server.cluster / "PG_VERSION").exists()
    assert not (server.cluster / "half").exists()


def test_valkey_keeps_queued_work_after_kill_9(broker: valkey.Valkey) -> None:
    broker.start()
    with redis.Redis(unix_socket_path=str(broker.socket)) as client:
        client.lpush("celery", *"12345")

    kill(broker)
    broker.start()

    with redis.Redis(unix_socket_path=str(broker.socket)) as client:
        assert client.lrange("celery", 0, -1) == [b"5", b"4", b"3", b"2", b"1"]


def test_valkey_that_cannot_start_is_refused(broker: valkey.Valkey) -> None:
    (broker.home / "appendonlydir").write_text("in the way")

    with pytest.raises(Refusal, match="Valkey を起動できません"):
        broker.start()


@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/x"),
        ("REDIS_URL", "redis://127.0.0.1:1/0"),
    ],
)
def test_a_named_server_that_is_away_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, url: str
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setenv(variable, url)
    state = State(home)

    with (
        state.locked(),
        pytest.raises(Refusal, match=f"^{variable} の.+接続できません"),
        servers.lasting(state),
    ):
        pass
