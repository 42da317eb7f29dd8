"""python -m onepublic.files.extraction.child KIND PATH BYTES: writes the text as UTF-8.

The exit code says how it went. Everything is read under limits that the kernel holds: an archive
that unpacks without end, or a page that takes for ever, ends this process and nothing else.
"""

import logging
import resource
import sys
from collections.abc import Iterable

from onepublic.files.extraction.limits import (
    CPU_SECONDS,
    LOCKED,
    MOST_CHARACTERS,
)
from onepublic.files.extraction.readers import READERS, Locked


def main(kind: str, path: str, memory: int) -> int:
    """Write the text; 0, or LOCKED for a file with a password. Anything else is a broken file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    try:
        text = joined(READERS[kind](path))
    except Locked:
        return LOCKED
    sys.stdout.buffer.write(text.encode("utf-8", errors="ignore"))
    return 0


def joined(pieces: Iterable[str]) -> str:
    """The pieces, a line each, without empty ones, as far as MOST_CHARACTERS reach."""
    kept: list[str] = []
    room = MOST_CHARACTERS
    for piece in pieces:
        if line := piece.strip()[:room]:
            kept.append(line)
            room -= len(line) + 1
        if room <= 0:
            break
    return "\n".join(kept)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
