"""Officers who answer at once over loopback, against the server that the demo runs."""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.answering import FIELD, SECTION, Desk, day
from bench.measurement import Measurement, within
from onepublic.dev import processes
from onepublic.dev.address import HOST, wait_until_ready
from onepublic.dev.portal import web_command
from onepublic.dev.supervisor import Service

_BENCH = "autosave"
OFFICERS = 200
_SAVES = 5  # by each officer
_PAUSE = 4.0  # seconds in which an officer answers a question
_TOKEN = "b" * 32
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Saving:
    """One save: whether it was the first of all, seconds, and whether it was stored."""

    is_first: bool
    seconds: float
    stored: bool


def answer_at_once(desks: Sequence[Desk]) -> list[Measurement]:
    """p95 of the first save, which all send in the same moment, p95 of those that follow at an
    officer's pace, and errors, of which none is allowed.
    """
    cookies = [_cookies(desk) for desk in desks]
    with _server() as port:
        savings = asyncio.run(_all(desks, cookies, port))
    errors = sum(not one.stored for one in savings)
    first = [one for one in savings if one.is_first]
    later = [one for one in savings if not one.is_first]
    return [
        _p95(f"{len(desks)} officers in the same moment", first),
        _p95(f"{len(desks)} officers, each every {_PAUSE:.0f} s", later),
        within(_BENCH, f"errors in {len(savings):,} saves", errors, "errors", allowed=1e-9),
    ]


def _p95(what: str, savings: Sequence[Saving]) -> Measurement:
    figure = 1000 * quantiles([one.seconds for one in savings], n=20, method="inclusive")[-1]
    return Measurement(_BENCH, f"{what}, p95", figure, "ms", "for information", figure, 1.0)


def _cookies(desk: Desk) -> str:
    client = Client()
    client.force_login(desk.officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={_TOKEN}"


@contextmanager
def _server() -> Iterator[int]:
    """The portal's web process on a free port, with this connection's database; ended behind."""
    port = _free_port()
    with TemporaryDirectory() as folder:
        log = Path(folder) / "web.log"
        child = processes.start(
            [sys.executable, *web_command(port)],
            log=log,
            env={**os.environ, "DATABASE_URL": _database_url()},
            cwd=Path(settings.BASE_DIR),
            death_signal=signal.SIGTERM,
        )
        service = Service("web", lambda: child, signal.SIGTERM, child)
        try:
            wait_until_ready(service, port, log=log)
            yield port
        finally:
            processes.stop(child, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _database_url() -> str:
    """DATABASE_URL with the name of the scratch database."""
    given = os.environ["DATABASE_URL"]
    return f"{given.rpartition('/')[0]}/{connection.settings_dict['NAME']}"


async def _all(desks: Sequence[Desk], cookies: Sequence[str], port: int) -> list[Saving]:
    start = asyncio.Event()
    officers = [
        asyncio.create_task(_officer(desk, cookie, port, start, Random(number)))  # noqa: S311 - a pace, not a secret
        for number, (desk, cookie) in enumerate(zip(desks, cookies, strict=True))
    ]
    await asyncio.sleep(1)  # all are connected
    start.set()
    return [saving for savings in await asyncio.gather(*officers) for saving in savings]


async def _officer(
    desk: Desk, cookie: str, port: int, start: asyncio.Event, random: Random
) -> list[Saving]:
    reader, writer = await asyncio.open_connection(HOST, port)
    await start.wait()
    savings = []
    for number in range(_SAVES):
        if number:
            await asyncio.sleep(_PAUSE * 2 * random.random())
        body = _body(desk, number)
        begun = time.perf_counter()
        status = await asyncio.wait_for(_post(reader, writer, desk, cookie, body, port), _PATIENCE)
        savings.append(Saving(number == 0, time.perf_counter() - begun, status == 200))
    writer.close()
    return savings


def _body(desk: Desk, number: int) -> bytes:
    change = {FIELD: {"value": day(number), "revision": desk.revision + number}}
    return json.dumps({"section": SECTION, "changes": change}).encode()


async def _post(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    desk: Desk,
    cookie: str,
    body: bytes,
    port: int,
) -> int:
    head = (
        f"POST /surveys/assignments/{desk.assignment.pk}/answers/ HTTP/1.1\r\n"
        f"Host: {HOST}:{port}\r\nCookie: {cookie}\r\nX-CSRFToken: {_TOKEN}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    answer = await reader.readuntil(b"\r\n\r\n")
    lines = answer.decode("latin-1").lower().split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.startswith("content-length"))
    await reader.readexactly(length)
    return int(lines[0].split()[1])
