"""Pages: what the server needs for each, at demo size, for each of the demo's people."""

import gc
import re
import time
from collections import Counter, deque
from collections.abc import Iterator
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import resolve

from accounts.actions.load_organizations import load_organizations
from accounts.models import User
from bench.database import scratch_database
from bench.measurement import Measurement, within
from onepublic.dev.seeding.people import NAMED_PEOPLE

_BENCH = "web"
_ROUNDS = 6
_PAGES_PER_LINK = 3  # of one kind of page, reached from one kind of page, for one person
_ALLOWED_MS = 100
_HTML = "text/html; charset=utf-8"
_LINK = re.compile(r'<a [^>]*href="([^"#]+)')

Timing = tuple[str, float]


def run() -> list[Measurement]:
    """p95 of every address over people, pages and rounds, without each page's first request."""
    with scratch_database(), TemporaryDirectory() as files, override_settings(**_stored_in(files)):
        load_organizations(settings.BASE_DIR / "accounts" / "data")
        call_command("load_demo", verbosity=0)
        gc.collect()
        gc.freeze()  # what loading left behind is not looked through again during a request
        timings: dict[str, list[float]] = {}
        for name, milliseconds in _timings():
            timings.setdefault(name, []).append(milliseconds)
    return [
        within(_BENCH, name, p95(each), "ms, p95", allowed=_ALLOWED_MS, limit="issue 3")
        for name, each in sorted(timings.items())
    ]


def p95(timings: list[float]) -> float:
    """The value that 95 of 100 stay below."""
    return quantiles(timings, n=20, method="inclusive")[-1]


def links(html: str, url: str) -> list[str]:
    """Addresses of this portal that the page leads to, without what follows a question mark."""
    whole = (urljoin(url, link.partition("?")[0]) for link in _LINK.findall(html))
    return list(dict.fromkeys(link for link in whole if link.startswith("/")))


def _timings() -> Iterator[Timing]:
    for person in NAMED_PEOPLE:
        client = Client()
        client.force_login(User.objects.get(email=person.email))
        for url, name in _pages(client):
            yield from ((name, _milliseconds(client, url)) for _ in range(_ROUNDS))


def _pages(client: Client) -> Iterator[tuple[str, str]]:
    """The pages that a person reaches from the first one by links alone."""
    waiting, seen = deque([("", "/")]), {"/"}
    taken: Counter[tuple[str, str]] = Counter()
    while waiting:
        origin, url = waiting.popleft()
        name = resolve(url).view_name
        taken[origin, name] += 1
        if taken[origin, name] > _PAGES_PER_LINK:
            continue
        response = client.get(url)
        if not (response.status_code == 200 and response.headers["Content-Type"] == _HTML):
            response.close()
            continue
        yield url, name
        found = [link for link in links(response.content.decode(), url) if link not in seen]
        seen.update(found)
        waiting.extend((name, link) for link in found)


def _milliseconds(client: Client, url: str) -> float:
    start = time.perf_counter()
    client.get(url)
    return 1000 * (time.perf_counter() - start)


def _stored_in(folder: str) -> dict[str, Any]:
    """Settings under which the demo's attachments lie in ``folder``."""
    backends: Any = settings.STORAGES
    stored = {**backends["stored_files"], "OPTIONS": {"location": folder}}
    return {"STORAGES": {**backends, "stored_files": stored}}
