import io
import socket

import pytest

from onepublic.files.clamav import CHUNK, ScannerAway, ScanRefused, place_of, scan
from tests.clamd import EICAR, EICAR_NAME, Clamd, running


def ask(clamd: Clamd, content: bytes, *, seconds: float = 10) -> str:
    return scan(io.BytesIO(content), url=clamd.url, seconds=seconds)


@pytest.mark.parametrize("unix", [False, True], ids=["tcp", "unix"])
def test_a_virus_is_named_and_a_clean_file_is_not(unix: bool) -> None:
    with running(unix=unix) as clamd:
        verdicts = [ask(clamd, EICAR), ask(clamd, b"clean"), ask(clamd, b"")]

    assert verdicts == [EICAR_NAME, "", ""]


@pytest.mark.parametrize("size", [CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_byte_arrives_in_order(size: int) -> None:
    content = bytes(number % 251 for number in range(size))

    with running() as clamd:
        ask(clamd, content)

    assert clamd.seen == [content]


def test_a_file_over_the_scanner_s_limit_is_refused_with_its_words() -> None:
    with running() as clamd:
        clamd.most_bytes = 10
        with pytest.raises(ScanRefused) as refused:
            ask(clamd, b"a" * (100 * CHUNK))

    assert str(refused.value) == "INSTREAM size limit exceeded. ERROR"


@pytest.mark.parametrize(
    "answer", [b"stream: Can't allocate memory ERROR\0", b"UNKNOWN COMMAND\0", b"OK\0", b"x" * 9000]
)
def test_an_answer_without_a_verdict_is_never_taken_for_clean(answer: bytes) -> None:
    with running() as clamd:
        clamd.answer = answer
        with pytest.raises(ScanRefused):
            ask(clamd, b"text")


def test_a_scanner_that_hangs_up_or_says_nothing_is_away() -> None:
    with running() as clamd:
        clamd.answer = b""
        with pytest.raises(ScannerAway, match="without an answer"):
            ask(clamd, b"text")
        clamd.silent.set()
        with pytest.raises(ScannerAway, match="in time"):
            ask(clamd, b"text", seconds=0.2)


def test_nobody_at_the_address_is_away() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    for url in (f"tcp://127.0.0.1:{port}", "unix:///nowhere/clamd.ctl"):
        with pytest.raises(ScannerAway):
            scan(io.BytesIO(b"text"), url=url, seconds=5)


def test_addresses() -> None:
    assert place_of("tcp://clamav:3310") == ("clamav", 3310)
    assert place_of("unix:///run/clamd.ctl") == "/run/clamd.ctl"


@pytest.mark.parametrize(
    "url", ["clamav:3310", "http://clamav:3310", "tcp://clamav", "unix://run/clamd.ctl", "tcp://"]
)
def test_other_addresses_are_none(url: str) -> None:
    with pytest.raises(ValueError, match="neither tcp"):
        place_of(url)
