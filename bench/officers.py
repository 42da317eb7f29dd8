"""Officers who answer at once over loopback, against the server that the demo runs."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import quantiles

from bench.answering import FIELD, SECTION, Desk, day
from bench.loopback import cookies_of, post, web_server
from bench.measurement import Measurement, within
from onepublic.dev.address import HOST

_BENCH = "autosave"
OFFICERS = 200
_SAVES = 5  # by each officer
_PAUSE = 4.0  # seconds in which an officer answers a question
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
    cookies = [cookies_of(desk.officer) for desk in desks]
    with web_server() as port:
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
        address = f"/surveys/assignments/{desk.assignment.pk}/answers/"
        sending = post(reader, writer, address, body, media_type="application/json", cookies=cookie)
        status, _ = await asyncio.wait_for(sending, _PATIENCE)
        savings.append(Saving(number == 0, time.perf_counter() - begun, status == 200))
    writer.close()
    return savings


def _body(desk: Desk, number: int) -> bytes:
    change = {FIELD: {"value": day(number), "revision": desk.revision + number}}
    return json.dumps({"section": SECTION, "changes": change}).encode()
