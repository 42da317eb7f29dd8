"""Saving one answer of a full 300-question response, beside a bare view that writes one row; and
200 officers who answer at once, against the server that the demo runs.
"""

import gc
import json
import time
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench import bare
from bench.answering import FIELD, SECTION, Desk, day, full_desks
from bench.database import scratch_database, server_clock
from bench.measurement import Measurement
from bench.officers import OFFICERS, answer_at_once
from bench.rounds import compare
from surveys.models import Answer

_BENCH = "autosave"
_GOAL = 3.0
_ROUNDS, _SAVES = 15, 10
Save = Callable[[], None]


def run() -> list[Measurement]:
    """Queries, CPU of this process and of the database; then p95 and errors of the officers."""
    with scratch_database():
        measured, *desks = full_desks(1 + OFFICERS)
        with override_settings(ROOT_URLCONF=bare.__name__):
            saving = [_queries(*_saves(measured)), _cpu(*_saves(measured))]
        return [*saving, *answer_at_once(desks)]


def _saves(desk: Desk) -> tuple[Save, Save]:
    """One autosave, and one bare write, by the same officer through the same middleware."""
    client = Client(enforce_csrf_checks=False)
    client.force_login(User.objects.get(pk=desk.officer.pk))
    return _autosave(client, desk), _bare_write(client, desk)


def _autosave(client: Client, desk: Desk) -> Save:
    revisions: Iterator[int] = count(desk.assignment.answers.get(field=FIELD).revision)
    address = f"/surveys/assignments/{desk.assignment.pk}/answers/"

    def save() -> None:
        seen = next(revisions)
        change = {FIELD: {"value": day(seen), "revision": seen}}
        _post(client, address, {"section": SECTION, "changes": change})

    return save


def _bare_write(client: Client, desk: Desk) -> Save:
    row = Answer.objects.filter(assignment=desk.assignment).exclude(field=FIELD).latest("pk")
    revisions = count(row.revision + 1)

    def save() -> None:
        revision = next(revisions)
        _post(client, bare.ADDRESS, {"row": row.pk, "value": revision, "revision": revision})

    return save


def _post(client: Client, address: str, content: dict[str, Any]) -> None:
    response = client.post(address, json.dumps(content), content_type="application/json")
    if response.status_code != 200:
        raise RuntimeError(f"{address} {response.status_code} {response.content[:300]!r}")


def _queries(autosave: Save, bare_write: Save) -> Measurement:
    asked = [_count(autosave), _count(bare_write)]
    return Measurement(
        _BENCH,
        "one answer of a full response",
        asked[0],
        "queries",
        "a bare view, one row",
        asked[1],
        asked[0] / asked[1],
        goal=_GOAL,
    )


def _count(save: Save) -> int:
    save()  # what is parsed or cached once a process is there from here on
    with CaptureQueriesContext(connection) as captured:
        save()
    return len(captured)


def _cpu(autosave: Save, bare_write: Save) -> Measurement:
    """Of this process and of its database server together."""
    server, _ = server_clock()
    gc.freeze()
    result = compare(
        _repeat(autosave),
        _repeat(bare_write),
        rounds=_ROUNDS,
        clock=lambda: time.process_time() + server(),
    )
    milliseconds = 1000 / _SAVES
    return Measurement(
        _BENCH,
        "one answer, web and database",
        milliseconds * result.subject,
        "CPU ms",
        "a bare view, one row",
        milliseconds * result.peer,
        result.ratio,
        goal=_GOAL,
    )


def _repeat(save: Save) -> Save:
    def repeated() -> None:
        for _ in range(_SAVES):
            save()

    return repeated
