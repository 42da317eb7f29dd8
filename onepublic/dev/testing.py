"""``./dev test`` and ``./dev bench``: against fast servers of their own."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from onepublic.dev import processes, servers, supervisor
from onepublic.dev.console import step

# Three for the two cores of a small machine: tests wait for browsers, workers and locks half of
# their time; tests/spreading.py says what goes to whom. `./dev test -n 0` to debug.
PARALLEL = ("-n", "3")


def run(root: Path, arguments: list[str]) -> int:
    """Run pytest; its exit code."""
    return _beside_servers(root, ["pytest", *PARALLEL, *arguments])


def bench(root: Path, arguments: list[str]) -> int:
    """Run the benchmarks that ``arguments`` name; the exit code."""
    return _beside_servers(root, ["bench", *arguments])


def _beside_servers(root: Path, module: list[str]) -> int:
    supervisor.stop_on_signals()
    with ExitStack() as stack:
        with step("テスト用のデータベースとキューの起動"):
            ours = stack.enter_context(servers.scratch())
        env = {**os.environ, "ONEPUBLIC_MODE": "test", **ours.environment()}
        return processes.foreground([sys.executable, "-m", *module], env=env, cwd=root)
