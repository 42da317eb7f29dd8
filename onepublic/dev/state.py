"""``.onepublic/``: everything that one checkout's demo keeps, and the lock around it."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onepublic.dev import places
from onepublic.dev.console import Refusal

RUNNING = (
    "このフォルダーのデモはすでに起動しています。先に起動したほうを Ctrl-C で停止してください。"
)
STARTING = "デモの起動が終わるまで待ってから、もう一度実行してください。"


class State:
    """Paths below ``.onepublic/`` of a checkout."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".onepublic"
        self.logs = self.folder / "logs"
        self.postgres = self.folder / "postgres"
        self.valkey = self.folder / "valkey"
        self.files = self.folder / "files"
        self.running = self.folder / "running.json"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the checkout's servers; the kernel lets go when we die, however we die.

        Raises:
            Refusal: another process holds them.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refusal(RUNNING) from None
            self.running.unlink(missing_ok=True)
            yield

    def is_locked(self) -> bool:
        """Whether another process holds the servers."""
        try:
            with self.locked():
                return False
        except Refusal:
            return True

    def log(self, name: str) -> Path:
        """An empty log file: a log tells of one start only."""
        path = self.logs / f"{name}.log"
        path.write_bytes(b"")
        return path

    def secret_key(self) -> str:
        """The demo's own key, made once, so that sessions outlive a restart."""
        path = self.folder / "secret_key"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(64))
        return path.read_text()

    def reset(self) -> None:
        """Forget everything that was entered."""
        shutil.rmtree(places.server_home(self.postgres), ignore_errors=True)
        for folder in (self.postgres, self.valkey, self.files):
            shutil.rmtree(folder, ignore_errors=True)

    def write_running(self, environment: dict[str, str]) -> None:
        """Where the running servers are, for ``./dev manage`` beside a running demo."""
        self.running.touch(mode=0o600)
        self.running.write_text(json.dumps(environment))

    def read_running(self) -> dict[str, str]:
        """The environment of the running demo, over our own.

        Raises:
            Refusal: it has not come that far yet.
        """
        if not self.running.exists():
            raise Refusal(STARTING)
        return {**os.environ, **json.loads(self.running.read_text())}
