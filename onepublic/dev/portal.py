"""The portal's own processes, as the demo runs them; docker-compose.yml runs the same three."""

import signal
import sys
from functools import partial

from onepublic.dev import processes
from onepublic.dev.address import HOST
from onepublic.dev.servers import Servers
from onepublic.dev.state import State
from onepublic.dev.supervisor import Service

WEB_THREADS = 8
WORKER_THREADS = 4
CELERY = ("-m", "celery", "-A", "onepublic.celery:app")
IN_MEMORY = "celery.beat:Scheduler"  # what is due is in PostgreSQL: beat keeps no file
WSGI = "onepublic.wsgi:application"


def services(state: State, environment: dict[str, str], port: int) -> list[Service]:
    """Web first, then worker and beat, not yet started.

    The worker's pool is threads: it has no child processes that could outlive it.
    """
    web = web_command(port)
    worker = (*CELERY, "worker", "--pool", "threads", "--concurrency", str(WORKER_THREADS))
    beat = (*CELERY, "beat", "--scheduler", IN_MEMORY)
    return [
        _service(state, environment, "web", web, signal.SIGTERM),
        _service(state, environment, "worker", worker, signal.SIGTERM, killed_with_us=True),
        _service(state, environment, "beat", beat, signal.SIGTERM),
    ]


def web_command(port: int) -> tuple[str, ...]:
    """What Python runs to serve the portal on loopback."""
    address = ("--host", HOST, "--port", str(port))
    threads = ("--blocking-threads", str(WEB_THREADS))
    return ("-m", "granian", "--interface", "wsgi", *address, *threads, "--no-ws", WSGI)


def watched(ours: Servers) -> list[Service]:
    """The embedded servers, already running, for the supervisor to look after."""
    found = []
    if ours.database:
        server = ours.database
        found.append(Service("PostgreSQL", server.launch, signal.SIGINT, server.child))
    if ours.broker:
        broker = ours.broker
        found.append(Service("Valkey", broker.launch, signal.SIGTERM, broker.child))
    return found


def _service(
    state: State,
    environment: dict[str, str],
    name: str,
    arguments: tuple[str, ...],
    stop_signal: signal.Signals,
    *,
    killed_with_us: bool = False,
) -> Service:
    launch = partial(
        processes.start,
        [sys.executable, *arguments],
        log=state.log(name),
        env=environment,
        death_signal=signal.SIGKILL if killed_with_us else stop_signal,
        cwd=state.root,
    )
    return Service(name, launch, stop_signal)
