"""``./dev manage``: Django's own commands, on the demo's database."""

import sys
from pathlib import Path

from onepublic.dev import demo, processes, servers, supervisor
from onepublic.dev.state import State


def run(root: Path, arguments: list[str]) -> int:
    """Run ``manage.py``; its exit code. Beside a running demo, with that demo's servers."""
    supervisor.stop_on_signals()
    state = State(root)
    command: processes.Command = [sys.executable, root / "manage.py", *arguments]
    if state.is_locked():
        return processes.foreground(command, env=state.read_running(), cwd=root)
    with state.locked(), servers.lasting(state) as ours:
        env = demo.environment_for(state, ours, demo.DEFAULT_PORT)
        return processes.foreground(command, env=env, cwd=root)
