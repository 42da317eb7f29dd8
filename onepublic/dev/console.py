"""What the developer sees: progress of long steps, and one clear sentence when something fails."""

import itertools
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS_BEFORE_PROGRESS = 1.0
SECONDS_BETWEEN_FRAMES = 0.2


class Refusal(Exception):
    """A sentence for the developer; ``./dev`` prints it and exits with 1."""


def say(line: str = "") -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a Refusal into its sentence and exit code 1, Ctrl-C into exit code 130."""
    try:
        yield
    except Refusal as refusal:
        sys.stdout.flush()
        sys.exit(f"エラー: {refusal}")
    except OSError as error:
        sys.exit(f"エラー: ファイルを扱えません。（{error}）")
    except KeyboardInterrupt:
        sys.exit(130)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Name a step; on a terminal turn a wheel while it lasts, and say how long it took."""
    started = time.monotonic()
    finished = threading.Event()
    on_terminal = sys.stdout.isatty()
    turning = threading.Thread(target=_turn, args=(title, started, finished), daemon=True)
    if on_terminal:
        turning.start()
    else:
        say(f"{title} …")
    try:
        yield
    finally:
        finished.set()
        if on_terminal:
            turning.join()
    _say_finished(title, time.monotonic() - started, on_terminal=on_terminal)


def _turn(title: str, started: float, finished: threading.Event) -> None:
    for frame in itertools.cycle("|/-\\"):
        elapsed = time.monotonic() - started
        seconds = f" {elapsed:.0f}秒" if elapsed > SECONDS_BEFORE_PROGRESS else ""
        sys.stdout.write(f"\r\x1b[K{frame} {title}{seconds}")
        sys.stdout.flush()
        if finished.wait(SECONDS_BETWEEN_FRAMES):
            break
    sys.stdout.write("\r\x1b[K")
    sys.stdout.flush()


def _say_finished(title: str, seconds: float, *, on_terminal: bool) -> None:
    if on_terminal:
        say(f"✓ {title}（{seconds:.1f}秒）")
    elif seconds > SECONDS_BEFORE_PROGRESS:
        say(f"  {seconds:.1f}秒")
