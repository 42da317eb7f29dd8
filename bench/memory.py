"""Peak memory and CPU of one piece of work, measured in a process of its own."""

import importlib
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.database import prepare_django
from bench.rounds import seconds

_STATUS = Path("/proc/self/status")
_KILOBYTES_PER_MEGABYTE = 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """The most memory that the process held, and the CPU seconds of the work alone."""

    megabytes: float
    seconds: float


def spent_on(module: str, function: str, *arguments: str, django: bool = False) -> Spent:
    """What a fresh process spends on `module.function(*arguments)`.

    With ``django`` it is set up first. All memory counts, interpreter and imported code
    included, as for a worker.
    """
    flag = "django" if django else "bare"
    child = subprocess.run(
        [sys.executable, "-m", "bench.memory", flag, module, function, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    kilobytes, used = json.loads(child.stdout)
    return Spent(kilobytes / _KILOBYTES_PER_MEGABYTE, used)


def peak_megabytes(module: str, function: str) -> float:
    """The most memory that a fresh process held while it called `module.function()`."""
    return spent_on(module, function).megabytes


def _peak_kilobytes() -> int:
    """Linux counts a child's ru_maxrss from its parent's size on; VmHWM starts afresh."""
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = _STATUS.read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:")))


def _measure(flag: str, module: str, function: str, *arguments: str) -> None:
    if flag == "django":
        prepare_django()
    work = getattr(importlib.import_module(module), function)
    used = seconds(lambda: work(*arguments))
    print(json.dumps([_peak_kilobytes(), used]))


if __name__ == "__main__":
    _measure(*sys.argv[1:])
