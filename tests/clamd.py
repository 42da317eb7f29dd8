"""A virus scanner for tests: speaks clamd's INSTREAM on a real socket and knows one virus."""

import socketserver
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# In two parts, so that no scanner takes this source for an infected file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
EICAR_NAME = "Eicar-Signature"


@dataclass
class Clamd:
    """Where it listens, how it behaves, and what it was shown."""

    url: str = ""
    most_bytes: int = 1_000_000
    answer: bytes | None = None
    silent: threading.Event = field(default_factory=threading.Event)
    seen: list[bytes] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running(*, unix: bool = False) -> Iterator[Clamd]:
    """A scanner on a loopback port, or on a unix socket; set ``silent`` and it never answers."""
    clamd = Clamd()

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _talk(clamd, self.rfile, self.wfile)

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "clamd.ctl")
        server: Any = (
            socketserver.ThreadingUnixStreamServer(path, Conversation)
            if unix
            else socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
        )
        server.daemon_threads = True
        clamd.url = f"unix://{path}" if unix else f"tcp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield clamd
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _talk(clamd: Clamd, coming: Any, going: Any) -> None:
    command = coming.read(len(b"zINSTREAM\0"))
    if command != b"zINSTREAM\0":
        going.write(b"UNKNOWN COMMAND\0")
        return
    content = b""
    while length := int.from_bytes(coming.read(4), "big"):
        content += coming.read(length)
        if len(content) > clamd.most_bytes:
            going.write(b"INSTREAM size limit exceeded. ERROR\0")
            return
    clamd.seen.append(content)
    clamd.asked.set()
    if clamd.silent.is_set():
        coming.read(1)  # until the other side hangs up
    elif clamd.answer is not None:
        going.write(clamd.answer)
    elif EICAR in content:
        going.write(f"stream: {EICAR_NAME} FOUND\0".encode())
    else:
        going.write(b"stream: OK\0")
