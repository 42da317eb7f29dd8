"""The demo's address: free before the start, answering after it. Loopback only."""

import socket
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path

from onepublic.dev.console import Refusal
from onepublic.dev.supervisor import Service

HOST = "127.0.0.1"
SECONDS_TO_READY = 60
SECONDS_FOR_PORT = 3.0
NO_START = "ポータルを起動できません。"


def refuse_used_port(port: int) -> None:
    """Raises Refusal when the port stays in use; a killed predecessor may need a moment."""
    deadline = time.monotonic() + SECONDS_FOR_PORT
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise Refusal(
                f"ポート {port} は使用中です。./dev demo --port で別の番号を指定してください。"
            )
        time.sleep(0.2)


def wait_until_ready(web: Service, port: int, *, log: Path) -> None:
    """Raises Refusal when the web server ended or stays unhealthy."""
    deadline = time.monotonic() + SECONDS_TO_READY
    while not _is_healthy(port):
        ended = web.child is None or web.child.poll() is not None
        if ended or time.monotonic() > deadline:
            raise Refusal(f"{NO_START}（詳細: {log}）")
        time.sleep(0.1)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz/", timeout=5) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False
