"""Two acts at the same moment: each stops before its first write until the other gets there."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

PATIENCE = 0.7  # seconds; an act that waits for the other's lock never gets to its write


def at_once(acts: Sequence[Callable[[], Any]], *, before: str | tuple[str, ...]) -> list[Any]:
    """Run the acts in threads, all paused before their first statement that begins with
    ``before``; return what each returned or raised.
    """
    barrier = Barrier(len(acts))
    with ThreadPoolExecutor(len(acts)) as threads:
        running = [threads.submit(_paused, act, barrier, before) for act in acts]
        return [future.exception() or future.result() for future in running]


def _paused(act: Callable[[], Any], barrier: Barrier, before: str | tuple[str, ...]) -> Any:
    met = False

    def wait(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal met
        if not met and sql.startswith(before):
            met = True
            with suppress(BrokenBarrierError):
                barrier.wait(PATIENCE)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(wait):
            return act()
    finally:
        connection.close()


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what would happen if nobody locked a row.

    Both acts get to their write then, so that waiting long costs nothing.
    """
    monkeypatch.setattr("tests.surveys.racing.PATIENCE", 20)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)
    monkeypatch.setattr("surveys.actions.locking.lock_row", lambda model, pk: None)
