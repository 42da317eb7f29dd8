"""``./dev lock``: make both locks from pyproject.toml. They hold hashes and no index address."""

import argparse
import os
import sys
from pathlib import Path

from onepublic.dev import indexes, processes

PLAIN = ("--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate")
FOR = ("--python-version", "3.11", "--no-emit-index-url", "--no-emit-find-links")
MAIN_INDEX = ("UV_DEFAULT_INDEX", "UV_INSECURE_HOST", "SSL_CERT_FILE")
LOCKS = (
    ("-o", "requirements.lock"),
    ("--group", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock"),
)


def run(root: Path, _: argparse.Namespace) -> int:
    """Write requirements.lock, then requirements-dev.lock with the same versions; the exit code.

    A machine's extra indexes are left out: they may know one file where the real index has many.
    """
    python = Path(sys.executable)
    found = indexes.of_this_machine(python)
    env = {**os.environ, **{name: found[name] for name in MAIN_INDEX if name in found}}
    for options in LOCKS:
        uv = [python.parent / "uv", "pip", "compile", *PLAIN, *FOR, "pyproject.toml", *options]
        code = processes.foreground(uv, env=env, cwd=root)
        if code != 0:
            return code
    return 0
