"""uv doesn't read pip's configuration: tell it where this machine's pip looks for packages."""

import shlex
import subprocess
from pathlib import Path

UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def uv_environment(pip_configuration: str) -> dict[str, str]:
    """Environment for uv from the output of ``pip config list``.

    Lines look like ``global.index-url='…'``; an environment variable's line (``:env:.…``) wins.
    Hashes pin every file, so that any index may serve any package.
    """
    found = {"UV_INDEX_STRATEGY": "unsafe-best-match"}
    for line in sorted(pip_configuration.splitlines(), key=lambda line: line.startswith(":env:")):
        key, _, quoted = line.partition("=")
        option = key.rpartition(".")[2]
        if option in UV_NAMES:
            found[UV_NAMES[option]] = " ".join(shlex.split(quoted)).replace("\n", " ").strip()
    return found


def of_this_machine(python: Path) -> dict[str, str]:
    """What ``uv_environment`` makes of this machine's pip; empty when pip can't tell."""
    answer = subprocess.run(
        [python, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    return uv_environment(answer.stdout) if answer.returncode == 0 else {}
