"""Debian's PostgreSQL and Redis, and the portal's processes as compose runs them."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import redis

from onepublic.dev import places, postgres, processes, valkey
from tests.dev.compose import ROOT, services

REDIS_SERVER = Path("/usr/bin/redis-server")
POSTGRES_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
MISSING = "Debian の postgresql または redis-server がありません（services のテスト）"
HOST = "portal.example"
SECONDS_TO_START = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def image(folder: Path) -> Path:
    """What ``.dockerignore`` lets into the image, with static files collected as its build does."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for name in (line[1:] for line in lines if line.startswith("!")):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    shutil.rmtree(folder / "onepublic" / "dev")
    return folder


def start_postgres(home: Path) -> postgres.Postgres:
    """Debian's newest PostgreSQL with our database, in a folder of its own."""
    user = places.server_user()
    server = postgres.Postgres(
        home=places.server_home(home),
        programs=POSTGRES_PROGRAMS[-1],
        sockets=places.socket_folder(home, user),
        user=user,
        log=home.parent / "postgres.log",
        settings=postgres.FOR_TESTS,
    )
    server.initialise()
    server.start()
    server.prepare()
    return server


def start_redis(home: Path, port: int) -> subprocess.Popen[bytes]:
    """Debian's Redis with the options of docker-compose.yml, on a loopback port."""
    options = services()["redis"]["command"][1:]
    where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(home)]
    child = processes.start([REDIS_SERVER, *options, *where], log=home.parent / "redis.log")
    with redis.Redis(port=port, retry=valkey.AT_ONCE) as client:
        until(lambda: answers(client))
    return child


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def until(condition: Callable[[], bool]) -> None:
    """Wait for the condition; AssertionError after SECONDS_TO_START."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not condition():
        assert time.monotonic() < deadline, "nothing came in time"
        time.sleep(0.1)


def environment(*, database: str, redis_port: int, smtp_port: int, home: Path) -> dict[str, str]:
    """Every variable that docker-compose.yml gives to the portal, and no other of ours."""
    return {
        "ONEPUBLIC_MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "DATABASE_URL": database,
        "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "CACHE_URL": f"redis://127.0.0.1:{redis_port}/1",
        "ALLOWED_HOSTS": HOST,
        "PORTAL_URL": f"https://{HOST}",
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "MAIL_FROM": f"no-reply@{HOST}",
        "FILES_ROOT": str(home / "files"),
        "CLAMAV_URL": "tcp://127.0.0.1:1",
        "GRANIAN_HOST": "127.0.0.1",
        "GRANIAN_PORT": str(free_port()),
    }


class Portal:
    """The image's processes; every command is docker-compose.yml's own, with /tmp moved."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.image = image(folder)
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}"
        self.environment = {**environment, "PATH": programs, "HOSTNAME": socket.gethostname()}
        self.children: list[subprocess.Popen[bytes]] = []

    def start(self, name: str) -> None:
        """Start a service of docker-compose.yml."""
        command = [self._moved(part) for part in services()[name]["command"]]
        log = self.folder / f"{name}.log"
        found = shutil.which(command[0], path=self.environment["PATH"])
        assert found is not None
        child = processes.start(
            [found, *command[1:]], log=log, env=self.environment, cwd=self.image
        )
        self.children.append(child)

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the image to its end."""
        return subprocess.run(
            command,
            env={**self.environment, **variables},
            cwd=self.image,
            executable=shutil.which(command[0], path=self.environment["PATH"]),
            capture_output=True,
            text=True,
            check=False,
        )

    def is_healthy(self, name: str) -> bool:
        """Run the health check of a service as Docker would."""
        kind, *test = services()[name]["healthcheck"]["test"]
        command = ["sh", "-c", *test] if kind == "CMD-SHELL" else test
        unescaped = (self._moved(part).replace("$$", "$") for part in command)
        return self.run(*unescaped).returncode == 0

    def stop(self) -> None:
        for child in reversed(self.children):
            processes.stop(child, signal.SIGTERM, patience=30)

    def _moved(self, part: str) -> str:
        return part.replace("/tmp", str(self.folder))
