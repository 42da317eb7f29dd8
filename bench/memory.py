"""Peak memory of one piece of work, measured in a process of its own."""

import importlib
import resource
import subprocess
import sys
from pathlib import Path

from bench.database import prepare_django

_STATUS = Path("/proc/self/status")
_KILOBYTES_PER_MEGABYTE = 1024


def peak_megabytes(module: str, function: str, *, django: bool = False) -> float:
    """The most memory that a fresh process held while it called `module.function()`.

    With ``django`` it is set up first. All of it counts, interpreter and imported code
    included, as for a worker.
    """
    child = subprocess.run(
        [sys.executable, "-m", "bench.memory", module, function, *(["django"] if django else [])],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(child.stdout) / _KILOBYTES_PER_MEGABYTE


def _peak_kilobytes() -> int:
    """Linux counts a child's ru_maxrss from its parent's size on; VmHWM starts afresh."""
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = _STATUS.read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:")))


if __name__ == "__main__":
    if sys.argv[3:] == ["django"]:
        prepare_django()
    getattr(importlib.import_module(sys.argv[1]), sys.argv[2])()
    print(_peak_kilobytes())
