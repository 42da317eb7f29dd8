"""A worker, beat and a broker of their own, as real processes that a test may kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from onepublic.dev import processes, valkey

CELERY = [sys.executable, "-m", "celery", "-A", "onepublic.celery:app"]


def database_url() -> str:
    """The address of the test's own database, for other processes."""
    known = connection.settings_dict
    host = known["HOST"] or "localhost"
    on_socket = host.startswith("/")
    place = f"/{quote(host)}" if on_socket else f"{host}:{known['PORT'] or 5432}"
    secret = f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else ""
    return f"postgres://{quote(known['USER'])}{secret}@{place}/{known['NAME']}"


class Station:
    """The processes of one delivery: ``kill`` ends worker, beat and broker as a power cut would."""

    def __init__(self, home: Path, *, smtp_port: int, sweeping: bool = True) -> None:
        self._home, self._sweeping = home, sweeping
        self._broker = valkey.prepared(home / "valkey", log=home / "valkey.log", durable=True)
        self._children: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "ONEPUBLIC_MODE": "test",
            "DATABASE_URL": database_url(),
            "REDIS_URL": self._broker.url,
            "CACHE_URL": self._broker.cache_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
            "SWEEP_SECONDS": "1",
            "MAIL_LEASE_SECONDS": "4",
        }

    def start(self) -> None:
        self._broker.start()
        self._launch("worker", "worker", "--pool", "threads", "--concurrency", "2")
        if self._sweeping:
            schedule = str(self._home / "beat")
            self._launch("beat", "beat", "--schedule", schedule, "--pidfile=")

    def run(self, code: str) -> None:
        """Run Python code in a process of its own, with Django ready and this broker."""
        program = f"import django; django.setup()\n{code}"
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "onepublic.settings"}
        subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=settings.BASE_DIR, check=True
        )

    def kill(self) -> None:
        """``kill -9`` to all of them."""
        for child in [*self._children, self._broker.child]:
            if child is not None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        self._children.clear()

    def stop(self) -> None:
        for child in self._children:
            processes.stop(child, signal.SIGKILL)
        self._broker.stop()

    def _launch(self, name: str, *arguments: str) -> None:
        log = self._home / f"{name}.log"
        command = [*CELERY, *arguments]
        child = processes.start(command, log=log, env=self.environment, cwd=settings.BASE_DIR)
        self._children.append(child)


def wait_until(reached: Callable[[], bool], *, seconds: float) -> bool:
    """Whether it was reached within so many seconds."""
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
