"""The server that the demo runs, on loopback, and requests of people who have signed in to it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import User
from onepublic.dev import processes
from onepublic.dev.address import HOST, wait_until_ready
from onepublic.dev.portal import web_command
from onepublic.dev.supervisor import Service

TOKEN = "b" * 32
"""Of the cookie and of the header or field that must equal it."""


def cookies_of(user: User) -> str:
    """The Cookie header of the person, signed in."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


@contextmanager
def web_server() -> Iterator[int]:
    """The portal's web process on a free port, with this connection's database; ended behind."""
    port = _free_port()
    with TemporaryDirectory() as folder:
        log = Path(folder) / "web.log"
        child = processes.start(
            [sys.executable, *web_command(port)],
            log=log,
            env=scratch_environment(),
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


def scratch_environment() -> dict[str, str]:
    """This process's environment, with DATABASE_URL leading to the scratch database."""
    given = os.environ["DATABASE_URL"]
    name = connection.settings_dict["NAME"]
    return {**os.environ, "DATABASE_URL": f"{given.rpartition('/')[0]}/{name}"}


async def post(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    address: str,
    body: bytes,
    *,
    media_type: str,
    cookies: str,
) -> tuple[int, str]:
    """Status and, for a redirect, the path that it names."""
    head = (
        f"POST {address} HTTP/1.1\r\n"
        f"Host: {HOST}\r\nCookie: {cookies}\r\nX-CSRFToken: {TOKEN}\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    answer = await reader.readuntil(b"\r\n\r\n")
    lines = answer.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    await reader.readexactly(int(headers.get("content-length", 0)))
    return int(lines[0].split()[1]), headers.get("location", "")
