"""Officers who hand in within the same minute over loopback, while compilations are made."""

import asyncio
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import quantiles
from tempfile import TemporaryDirectory

from django.conf import settings

from bench.answering import Desk
from bench.followed import Followed
from bench.loopback import TOKEN, cookies_of, post, scratch_environment, web_server
from bench.measurement import Measurement, within
from onepublic.dev import processes
from onepublic.dev.address import HOST
from surveys.models import Submission, Survey
from surveys.states import CompilationState

_BENCH = "dashboard"
_MINUTE = 60.0
_PATIENCE = 120
_IN_TIME = 5.0
"""Who sends so many seconds before the deadline must be in time: what takes longer is late by
fault of the server."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One handing in: when it was sent, seconds until the answer, whether that was a receipt."""

    assignment: int
    at: datetime
    seconds: float
    received: bool


def hand_in_within_a_minute(followed: Followed) -> list[Measurement]:
    """None lost, none late; p95 and the longest way from sending to the time on the receipt."""
    cookies = [cookies_of(desk.officer) for desk in followed.desks]
    with _compilations(followed.survey), web_server() as port:
        sent = asyncio.run(_all(followed.desks, cookies, port))
    recorded = dict(
        Submission.objects.filter(
            assignment__in=[one.assignment for one in sent], ended_at=None
        ).values_list("assignment", "submitted_at")
    )
    lost = sum(not one.received or one.assignment not in recorded for one in sent)
    delays = [
        (recorded[one.assignment] - one.at).total_seconds()
        for one in sent
        if one.assignment in recorded
    ]
    late = sum(delay > _IN_TIME for delay in delays)
    what = f"{len(sent)} submissions in a minute"
    made = followed.survey.compilations.filter(state=CompilationState.DONE).count()
    return [
        within(_BENCH, f"{what}, lost", lost, "lost", allowed=1e-9),
        within(_BENCH, f"{what}, recorded {_IN_TIME:.0f} s late", late, "late", allowed=1e-9),
        _told(f"{what}, p95", 1000 * _p95([one.seconds for one in sent]), "ms"),
        _told(f"{what}, longest until recorded", 1000 * max(delays, default=0), "ms"),
        _told("compilations finished meanwhile", made, "made"),
    ]


def _told(metric: str, value: float, unit: str) -> Measurement:
    return Measurement(_BENCH, metric, value, unit, "for information", value, 1.0)


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]


@contextmanager
def _compilations(survey: Survey) -> Iterator[None]:
    """A worker of its own that makes them, ended behind."""
    with TemporaryDirectory() as folder:
        child = processes.start(
            [sys.executable, "-m", "bench.compiling", str(survey.pk)],
            log=Path(folder) / "compiling.log",
            env=scratch_environment() | {"FILES_ROOT": folder},
            cwd=Path(settings.BASE_DIR),
        )
        try:
            yield
        finally:
            processes.stop(child, signal.SIGKILL)


async def _all(desks: Sequence[Desk], cookies: Sequence[str], port: int) -> list[Sent]:
    """All of them at times drawn evenly from the minute, each over a connection of its own."""
    chance = Random(1)  # noqa: S311 - times, not secrets
    officers = [
        _officer(desk, cookie, port, chance.random() * _MINUTE)
        for desk, cookie in zip(desks, cookies, strict=True)
    ]
    return await asyncio.gather(*officers)


async def _officer(desk: Desk, cookies: str, port: int, wait: float) -> Sent:
    await asyncio.sleep(wait)
    address = f"/surveys/assignments/{desk.assignment.pk}/"
    body = f"csrfmiddlewaretoken={TOKEN}".encode()
    at, begun = datetime.now(UTC), time.perf_counter()
    reader, writer = await asyncio.open_connection(HOST, port)
    sending = post(
        reader,
        writer,
        f"{address}submission/",
        body,
        media_type="application/x-www-form-urlencoded",
        cookies=cookies,
    )
    status, leads_to = await asyncio.wait_for(sending, _PATIENCE)
    writer.close()
    received = status == 302 and leads_to == f"{address}receipt/"
    return Sent(desk.assignment.pk, at, time.perf_counter() - begun, received)
