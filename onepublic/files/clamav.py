"""Asking ClamAV's daemon whether a stream holds a virus.

A client of our own, since no maintained one with a permissive licence was found. Only the one
command that the portal needs is spoken: INSTREAM, the file in chunks with their lengths before
them, which needs no folder in common with the daemon
(https://docs.clamav.net/manual/Usage/ClamdProtocol.html).
"""

import socket
import time
from typing import BinaryIO
from urllib.parse import urlsplit

CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
_CLEAN, _FOUND = "stream: OK", " FOUND"


class ScannerAway(Exception):
    """The daemon can't be reached, is too slow or broke off: this says nothing about the file."""


class ScanRefused(Exception):
    """The daemon answered, but not with a verdict: the file is too large, or broke its parser."""


def place_of(url: str) -> tuple[str, int] | str:
    """Host and port of ``tcp://clamav:3310``, or the path of ``unix:///run/clamd.ctl``.

    Raises ValueError for any other address.
    """
    parts = urlsplit(url)
    if parts.scheme == "tcp" and parts.hostname and parts.port and not parts.path.strip("/"):
        return parts.hostname, parts.port
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return parts.path
    raise ValueError(f"{url!r} is neither tcp://host:port nor unix:///path")


def scan(content: BinaryIO, *, url: str, seconds: float) -> str:
    """The name of the virus in ``content``, or "" when the daemon finds none.

    ``seconds`` is the time for all of it, from the connection to the verdict. Raises ScannerAway
    or ScanRefused.
    """
    ends = time.monotonic() + seconds
    try:
        with _connected(url, ends) as daemon:
            _send(daemon, content, ends)
            return _verdict(_answer(daemon, ends))
    except TimeoutError as error:
        raise ScannerAway("no verdict in time") from error
    except OSError as error:
        raise ScannerAway(str(error)) from error


def _connected(url: str, ends: float) -> socket.socket:
    place = place_of(url)
    if not isinstance(place, str):
        return socket.create_connection(place, timeout=_left(ends))
    daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    daemon.settimeout(_left(ends))
    try:
        daemon.connect(place)
    except OSError:
        daemon.close()
        raise
    return daemon


def _send(daemon: socket.socket, content: BinaryIO, ends: float) -> None:
    """Over its limit the daemon answers and closes while we still write: then its answer counts."""
    try:
        daemon.sendall(b"zINSTREAM\0")
        while chunk := content.read(CHUNK):
            daemon.settimeout(_left(ends))
            daemon.sendall(len(chunk).to_bytes(4, "big") + chunk)
        daemon.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(daemon: socket.socket, ends: float) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        daemon.settimeout(_left(ends))
        part = daemon.recv(LONGEST_ANSWER)
        if not part:
            break
        answer += part
    if not answer:
        raise ScannerAway("the connection was closed without an answer")
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(answer: str) -> str:
    if answer == _CLEAN:
        return ""
    if answer.startswith("stream: ") and answer.endswith(_FOUND):
        return answer.removeprefix("stream: ").removesuffix(_FOUND)
    raise ScanRefused(answer)


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
