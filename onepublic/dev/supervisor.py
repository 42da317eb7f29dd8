"""Keep processes running: start, restart with growing pauses, stop in reverse order."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from onepublic.dev import processes
from onepublic.dev.console import say

LONGEST_PAUSE = 30.0
SECONDS_TO_RECOVER = 60.0
SECONDS_BETWEEN_LOOKS = 0.2


@dataclass
class Service:
    """One supervised process. ``launch`` starts it and returns at once."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals
    child: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_at: float | None = None
    pauses: Iterator[float] = field(default_factory=lambda: growing_pauses())

    def start(self) -> None:
        self.child = self.launch()
        self.started = time.monotonic()
        self.restart_at = None

    def stop(self) -> None:
        if self.child is not None:
            processes.stop(self.child, self.stop_signal)

    def tend(self) -> None:
        """Look after it once: notice its end, start it again when its pause is over."""
        if self.child is None or self.child.poll() is None:
            return
        now = time.monotonic()
        if self.restart_at is None:
            self.restart_at = now + self._next_pause(now)
            pause = self.restart_at - now
            say(f"{self.name} が終了しました。{pause:.0f}秒後に再起動します。")
        elif now >= self.restart_at:
            self.stop()
            self.start()

    def _next_pause(self, now: float) -> float:
        if now - self.started > SECONDS_TO_RECOVER:
            self.pauses = growing_pauses()
        return next(self.pauses)


def growing_pauses() -> Iterator[float]:
    """Seconds before each restart: 1, 2, 4, … up to ``LONGEST_PAUSE``."""
    pause = 1.0
    while True:
        yield pause
        pause = min(pause * 2, LONGEST_PAUSE)


@contextmanager
def running(services: Sequence[Service]) -> Iterator[None]:
    """Start the services in order; on the way out stop them in reverse order."""
    begun: list[Service] = []
    try:
        for service in services:
            begun.append(service)
            service.start()
        yield
    finally:
        for service in reversed(begun):
            service.stop()


def tend_forever(services: Sequence[Service]) -> None:
    """Look after all services until a signal ends it."""
    while True:
        for service in services:
            service.tend()
        time.sleep(SECONDS_BETWEEN_LOOKS)


def stop_on_signals() -> None:
    """SIGINT, SIGTERM and SIGHUP unwind the program once; a second one can't disturb the unwinding.

    A handler is needed for SIGINT too: a shell's background job starts with it ignored.
    """
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def unwind(number: int, frame: FrameType | None) -> None:
        for each in wanted:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in wanted:
        signal.signal(each, unwind)
