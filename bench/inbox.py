"""The inbox of an organization among 9 million deliveries: database time of what the page asks."""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from statistics import median

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import CaptureQueriesContext

from accounts.actions.load_organizations import load_organizations
from accounts.models import User
from bench.database import scratch_database, server_clock
from bench.deliveries import Recipients, fill
from bench.measurement import Measurement, within
from bench.rounds import Clock, seconds
from notices.models import Delivery
from notices.views.inbox import page_of, parts_of_inbox
from onepublic.core.pagination import count_of

_BENCH = "inbox"
_ROUNDS = 9
_ALLOWED_MS = 5
_DEEP = 90  # pages of fifty behind the first one
SIZE = 9_000_000


def run(size: int = SIZE) -> list[Measurement]:
    """First page, a deep page and each count of a tab, each for whom it costs most."""
    with scratch_database():
        load_organizations(settings.BASE_DIR / "accounts" / "data")
        people = fill(size)
        rows = Delivery.objects.count()
        return [
            within(_BENCH, f"{name}; {rows:,} rows", *_worst(works), allowed=_ALLOWED_MS)
            for name, works in _works(people).items()
        ]


Works = dict[str, Callable[[], object]]


def _works(people: Recipients) -> dict[str, Works]:
    """By what the page shows, the same for each of the people."""
    users: dict[str, User] = {field.name: getattr(people, field.name) for field in fields(people)}
    found: dict[str, Works] = {}
    for name, user in users.items():
        parts = parts_of_inbox(Delivery.objects.for_organizations_of(user), user)
        for shown, (label, rows) in parts.items():
            page = partial(page_of, rows, user, shown)
            found.setdefault(f"first page, {label}", {})[name] = page
            found.setdefault(f"count, {label}", {})[name] = partial(count_of, rows)
        deep = partial(page_of, parts[""][1], user, "", cursor=_cursor_of(user))
        found.setdefault("deep page", {})[name] = deep
    return found


def _cursor_of(user: User) -> str:
    """Where the reader is after turning :data:`_DEEP` pages, or at the last one before."""
    rows = Delivery.objects.for_organizations_of(user)
    cursor = ""
    for _ in range(_DEEP):
        following = page_of(rows, user, "", cursor=cursor).next_cursor
        if following is None:
            return cursor
        cursor = following
    return cursor


def _worst(works: Works) -> tuple[float, str]:
    """Milliseconds of the one that costs most, with whose it is."""
    clock, unit = server_clock()
    spent = {name: database_time(work, clock) for name, work in works.items()}
    name = max(spent, key=spent.__getitem__)
    return spent[name], f"{unit} ({name})"


def database_time(work: Callable[[], object], clock: Clock) -> float:
    """Milliseconds that the server plans and executes the queries of ``work``: medians over
    rounds, without what this process adds.
    """
    with CaptureQueriesContext(connection) as captured:
        work()
    queries = [query["sql"] for query in captured.captured_queries]
    return 1000 * sum(median(_rounds(sql, clock)) for sql in queries)


def _rounds(sql: str, clock: Clock) -> list[float]:
    with connection.cursor() as cursor:
        return [seconds(partial(_ask, cursor, sql), clock) for _ in range(_ROUNDS)]


def _ask(cursor: CursorWrapper, sql: str) -> None:
    cursor.execute(sql)
    cursor.fetchall()
