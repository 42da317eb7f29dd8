"""Start child processes that can't outlive us, and stop them.

On Linux the kernel itself signals a child when its parent dies (``PR_SET_PDEATHSIG``), so that
not even ``kill -9`` of the supervisor leaves a process behind. The signal goes to the direct
child only: every command started here must take its own children down with it.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from onepublic.dev.console import Refusal

PR_SET_PDEATHSIG = 1
LAST_LINES = 15
Command = Sequence[str | Path]


def dying_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """What a new child runs before its program, so that it gets ``death_signal`` when we die.

    The kernel forgets the wish when a process changes its user; Popen changes user first.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def before_program() -> None:
        if libc is None:
            return
        libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return before_program


def start(
    command: Command,
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    user: pwd.struct_passwd | None = None,
    death_signal: signal.Signals = signal.SIGKILL,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """A running child in a process group of its own, both outputs appended to ``log``."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            process_group=0,
            preexec_fn=dying_with_parent(death_signal),
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
        )


def run(
    command: Command,
    *,
    log: Path,
    sentence: str,
    env: Mapping[str, str] | None = None,
    user: pwd.struct_passwd | None = None,
    cwd: Path | None = None,
) -> None:
    """Run a command to its end.

    Raises:
        Refusal: the command failed; ``sentence`` and where to read more.
    """
    finish(start(command, log=log, env=env, user=user, cwd=cwd), log=log, sentence=sentence)


def finish(child: subprocess.Popen[bytes], *, log: Path, sentence: str) -> None:
    """Wait for a child that was started before; raises as ``run`` does."""
    try:
        code = child.wait()
    except BaseException:
        stop(child, signal.SIGKILL)
        raise
    if code != 0:
        raise Refusal(f"{sentence}（詳細: {log}）")


def foreground(command: Command, *, env: Mapping[str, str], cwd: Path) -> int:
    """Run a command on our own terminal; its exit code."""
    before_program = dying_with_parent(signal.SIGTERM)
    return subprocess.call(command, env=env, cwd=cwd, preexec_fn=before_program)


def stop(child: subprocess.Popen[bytes], how: signal.Signals, *, patience: float = 10) -> None:
    """Ask a child to end; after ``patience`` seconds, and for its own children, insist."""
    if child.poll() is None:
        child.send_signal(how)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def last_lines(log: Path) -> str:
    """The end of a log, for a person who looks for the reason."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-LAST_LINES:])
