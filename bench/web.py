"""Pages: what the server needs for each, at demo size, for each of the demo's people.

CPU time, of this process and of the database's for it: on a machine that others use, elapsed
time says more about them.

Which pages there are, the rights matrix says: one that no visitor reached fails the bench.
"""

import gc
import re
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import resolve, reverse
from django.utils.http import urlencode

from accounts.actions.load_organizations import load_organizations
from accounts.models import User
from bench.database import scratch_database, server_clock
from bench.later import load_what_comes_later
from bench.measurement import Measurement, within
from bench.rounds import Clock
from notices.models import Notice
from notices.states import NoticeState
from onepublic.dev.seeding.people import NAMED_PEOPLE
from surveys.models import Assignment, Release, Survey
from tests.matrix.table import TABLE

_BENCH = "web"
_ROUNDS = 6
_PAGES_PER_LINK = 3  # of one kind of page, reached from one kind of page, for one person
_ALLOWED_MS = 100
_HTML = "text/html; charset=utf-8"
_SEARCH = f"/search/?{urlencode({'q': '予防接種'})}"
_FIRST = ("/", _SEARCH, "/accounts/password/change/", "/accounts/logout/")
_FIRST_SIGNED_OUT = (
    "/accounts/login/",
    "/accounts/inactive/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-wrong/",
    "/accounts/password/reset/key/done/",
    "/demo/",
    "/styleguide/",
)
"""Where a visit begins; what no link leads to must stand here."""
FILES = {
    "feeds:due",
    "feeds:notices",
    "health",
    "organization_search",
    "notices:attachment",
    "notices:autosave",
    "notices:autosave_new",
    "notices:attachments_zip",
    "notices:cover_note_file",
    "notices:deliveries_workbook",
    "notices:published_workbook",
    "notices:readers_workbook",
    "surveys:answer_book_file",
    "surveys:answer_file",
    "surveys:questionnaire_file",
    "surveys:questionnaire_sheets",
    "surveys:questionnaire_xlsform",
    "surveys:round_file",
    "surveys:question_autosave",
    "surveys:questionnaire_condition_autosave",
    "surveys:questionnaire_rule_autosave",
    "surveys:questionnaire_rule_new_autosave",
    "surveys:questionnaire_section_autosave",
    "surveys:survey_table",
    "surveys:compilation_file",
    "surveys:compilation_full_texts",
    "surveys:results_file",
    "surveys:open_results_file",
}
"""Addresses that answer with something else than a page."""
PAGES = {row.name for row in TABLE if row.method == "get" and 200 in row.answers} - FILES
_LINK = re.compile(r'<a [^>]*href="([^"#]+)')

Timing = tuple[str, float]


def run() -> list[Measurement]:
    """p95 of every address over people, pages and rounds, without each page's first request."""
    with scratch_database(), TemporaryDirectory() as files, override_settings(**_stored_in(files)):
        load_organizations(settings.BASE_DIR / "accounts" / "data")
        call_command("load_demo", verbosity=0)
        load_what_comes_later()
        gc.collect()
        gc.freeze()  # what loading left behind is not looked through again during a request
        timings: dict[str, list[float]] = {}
        clock, unit = page_clock()
        for name, milliseconds in _timings(clock):
            timings.setdefault(name, []).append(milliseconds)
    return [*_within_allowance(timings, unit), unmeasured(timings)]


def page_clock() -> tuple[Clock, str]:
    """CPU seconds that this process and its database server have spent, and the unit of a
    thousandth of them; elapsed ones where the server's can't be read.
    """
    server, unit = server_clock()
    connection.close_at = None  # the process whose time is read serves to the end
    if server is time.perf_counter:
        return server, unit
    return lambda: time.process_time() + server(), unit


def unmeasured(measured: Iterable[str]) -> Measurement:
    """The pages of the matrix without a figure, by name; the goal is none."""
    names = sorted(PAGES - set(measured))
    metric = f"pages not reached: {', '.join(names) or 'none'}"
    return Measurement(_BENCH, metric, len(names), "pages", "allowed", 0, len(names), goal=0)


def _within_allowance(timings: dict[str, list[float]], unit: str) -> list[Measurement]:
    return [
        within(_BENCH, name, p95(each), f"{unit}, p95", allowed=_ALLOWED_MS, limit="issue 3")
        for name, each in sorted(timings.items())
    ]


def p95(timings: list[float]) -> float:
    """The value that 95 of 100 stay below."""
    return quantiles(timings, n=20, method="inclusive")[-1]


def links(html: str, url: str) -> list[str]:
    """Addresses of this portal that the page leads to, without what follows a question mark."""
    whole = (urljoin(url, link.partition("?")[0]) for link in _LINK.findall(html))
    return list(dict.fromkeys(link for link in whole if link.startswith("/")))


def _timings(clock: Clock) -> Iterator[Timing]:
    yield from _visit(Client(), [*_FIRST_SIGNED_OUT, *_open_results()], clock)
    for person in NAMED_PEOPLE:
        user = User.objects.get(email=person.email)
        client = Client()
        client.force_login(user)
        first = [*_FIRST, *_surveys(user), *_of_earlier_versions(user)]
        yield from _visit(client, first, clock)


def _open_results() -> list[str]:
    """Results behind a public link, which is sent round and stands on no page for visitors."""
    keys = Release.objects.filter(public_key__isnull=False, ended_at__isnull=True)
    shown = keys.values_list("public_key", flat=True)[:1]
    return [reverse("surveys:open_results", args=[key]) for key in shown]


def _surveys(user: User) -> list[str]:
    """What is prepared, a receipt, also by its number, and a comparison with the last round: the
    newest surveys, to which links lead first, have none of it.
    """
    own = Assignment.objects.for_organizations_of(user)
    run = Survey.objects.run_by(user).order_by("-pk")[:_PAGES_PER_LINK]
    submitted = own.filter(submitted_at__isnull=False)[:1]
    repeated = own.filter(survey__previous__isnull=False)[:1]
    return [
        *(reverse("surveys:survey", args=[one.pk]) for one in run),
        *(reverse("surveys:receipt", args=[one.pk]) for one in submitted),
        *(reverse("surveys:past_receipt", args=[one.pk, 1]) for one in submitted),
        *(reverse("surveys:comparison", args=[one.pk]) for one in repeated),
    ]


def _of_earlier_versions(user: User) -> list[str]:
    """What was corrected or taken back: links lead to others first."""
    corrected = Notice.objects.visible_to(user).filter(current_version__sequence__gt=1)
    withdrawn = Notice.objects.visible_to(user).filter(state=NoticeState.WITHDRAWN)
    found = [reverse("notices:readers", args=[one.pk]) for one in withdrawn[:1]]
    for one in corrected[:1]:
        found += [reverse(f"notices:{page}", args=[one.pk]) for page in ("versions", "changes")]
        found.append(reverse("notices:version", args=[one.pk, 1]))
    return found


def _visit(client: Client, first: Iterable[str], clock: Clock) -> Iterator[Timing]:
    for url, name in _pages(client, first):
        yield from ((name, _milliseconds(client, url, clock)) for _ in range(_ROUNDS))


def _pages(client: Client, first: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The first pages, and those that a visitor reaches from them by links alone."""
    waiting, seen = deque(("", url) for url in first), set(first)
    taken: Counter[tuple[str, str]] = Counter()
    while waiting:
        origin, url = waiting.popleft()
        name = resolve(urlsplit(url).path).view_name
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


def _milliseconds(client: Client, url: str, clock: Clock) -> float:
    start = clock()
    client.get(url)
    return 1000 * (clock() - start)


def _stored_in(folder: str) -> dict[str, Any]:
    """Settings under which the demo's attachments lie in ``folder``."""
    backends: Any = settings.STORAGES
    stored = {**backends["stored_files"], "OPTIONS": {"location": folder}}
    return {"STORAGES": {**backends, "stored_files": stored}}
