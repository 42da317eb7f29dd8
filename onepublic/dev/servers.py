"""PostgreSQL and Valkey for a command: those that the environment names, else embedded ones."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import environ
import psycopg
import redis

from onepublic.dev import postgres, valkey
from onepublic.dev.console import Refusal
from onepublic.dev.state import State

NO_DATABASE = "DATABASE_URL のデータベースに接続できません。アドレスと起動状態を確認してください。"
NO_REDIS = "REDIS_URL の Redis に接続できません。アドレスと起動状態を確認してください。"

SHORT = "/tmp"  # noqa: S108 - sockets need a short path, and PostgreSQL's user must reach it


@dataclass
class Servers:
    """Embedded servers; None where the environment names one."""

    database: postgres.Postgres | None
    broker: valkey.Valkey | None

    def environment(self) -> dict[str, str]:
        """What tells Django and Celery where the servers are."""
        found = {}
        if self.database:
            found["DATABASE_URL"] = self.database.url
        if self.broker:
            found |= {"REDIS_URL": self.broker.url, "CACHE_URL": self.broker.cache_url}
        return found

    def start(self) -> None:
        """Start what is ours, check what is not.

        Raises:
            Refusal: a server can't start or can't be reached.
        """
        if self.database:
            self.database.start()
            self.database.prepare()
        else:
            _reach_database(os.environ["DATABASE_URL"])
        if self.broker:
            self.broker.start()
        else:
            _reach_redis(os.environ["REDIS_URL"])

    def stop(self) -> None:
        for server in (self.broker, self.database):
            if server:
                server.stop()


@contextmanager
def lasting(state: State) -> Iterator[Servers]:
    """The demo's servers: what they hold is there at the next start."""
    servers = Servers(
        None
        if os.environ.get("DATABASE_URL")
        else postgres.prepared(
            state.postgres, log=state.log("postgres"), settings=postgres.FOR_DEMO
        ),
        None
        if os.environ.get("REDIS_URL")
        else valkey.prepared(state.valkey, log=state.log("valkey"), durable=True),
    )
    with _running(servers):
        yield servers


@contextmanager
def scratch() -> Iterator[Servers]:
    """Fast servers that forget everything; those of the environment are left alone."""
    with tempfile.TemporaryDirectory(prefix="onepublic-", dir=SHORT) as folder:
        home = Path(folder)
        home.chmod(0o711)  # PostgreSQL's user passes through to its own private folder
        servers = Servers(
            postgres.prepared(
                home / "postgres", log=home / "postgres.log", settings=postgres.FOR_TESTS
            ),
            valkey.prepared(home / "valkey", log=home / "valkey.log", durable=False),
        )
        with _running(servers):
            yield servers


@contextmanager
def _running(servers: Servers) -> Iterator[None]:
    try:
        servers.start()
        yield
    finally:
        servers.stop()


def _reach_database(url: str) -> None:
    """Read the URL as the settings do: libpq reads some of them otherwise."""
    named = environ.Env.db_url_config(url)
    where = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    found = {option: named[name] for option, name in where.items() if named.get(name)}
    try:
        psycopg.connect(dbname=named.get("NAME"), connect_timeout=5, **found).close()
    except psycopg.Error:
        raise Refusal(NO_DATABASE) from None


def _reach_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(
            _as_redis_reads(url), socket_connect_timeout=5, retry=valkey.AT_ONCE
        ) as client:
            client.ping()
    except (redis.RedisError, ValueError):
        raise Refusal(NO_REDIS) from None


def _as_redis_reads(url: str) -> str:
    """Celery and redis-py name a socket differently."""
    return url.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
