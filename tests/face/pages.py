"""Every page in every role, taken from the matrix: an address added there is looked at here too."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from tests.matrix.table import TABLE, Row
from tests.matrix.world import ACTORS, World

# What makes two answers differ though the page is the same.
_OF_THE_PERSON = re.compile(
    r'csrfmiddlewaretoken" value="\w+|X-CSRFToken": "\w+|<span class="account-\w+">.*?</span>'
    r'|<a [^>]*class="account-person">[^<]*'
)
_WORDS = re.compile(r'(?<=>)[^<]+|(?<= href=)"[^"]*"|(?<=value=)"[^"]*"|\d+|\w{40,}')


@dataclass(frozen=True, slots=True)
class Page:
    """An address as one person sees it."""

    actor: str
    url: str
    html: str


def pages_of(actor: str, world: World, table: Sequence[Row] = TABLE) -> Iterator[Page]:
    """The HTML pages that open to the actor, each once, and one that does not exist."""
    client = _client(actor, world)
    rows = [row for row in table if row.method == "get" and row.expected().get(actor) == 200]
    addresses = [reverse(row.name, kwargs=row.arguments(world)) for row in rows]
    for url in [*dict.fromkeys(addresses), "/nowhere/"]:
        response = client.get(url)
        if response.headers["Content-Type"].startswith("text/html"):
            yield Page(actor, url, response.content.decode())
        elif response.streaming:
            response.getvalue()  # read to its end, the file is closed


def refused_forms(world: World) -> list[Page]:
    """The pages that answer a form instead of leading on: they hold its complaints."""
    found = []
    for row in [row for row in TABLE if row.method == "post"]:
        for actor in [actor for actor, status in row.expected().items() if status in {200, 422}]:
            client = _client(actor, world)
            url = reverse(row.name, kwargs=row.arguments(world))
            response = client.post(url, row.form)
            if response.headers["Content-Type"].startswith("text/html"):
                found.append(Page(actor, url, response.content.decode()))
    return found


def every_page(world: World, table: Sequence[Row] = TABLE) -> list[Page]:
    """All of them, or those of some rows of the matrix, without those that look the same to
    somebody before.
    """
    seen: dict[str, Page] = {}
    for actor in ACTORS:
        for page in pages_of(actor, world, table):
            seen.setdefault(_OF_THE_PERSON.sub("", page.html), page)
    return list(seen.values())


def every_shape(pages: list[Page]) -> list[Page]:
    """Enough of them to see each main part and each frame, whatever the words and numbers."""
    seen: set[str] = set()
    chosen = []
    for page in pages:
        if new := set(_parts(page.html)) - seen:
            seen |= new
            chosen.append(page)
    return chosen


def _client(actor: str, world: World) -> Client:
    client = Client()
    if actor != "anonymous":
        client.force_login(world.people[actor])
    return client


def _parts(html: str) -> tuple[str, str]:
    """The shapes of the main part and of what stands around it."""
    before, _, rest = html.partition("<main")
    main, _, after = rest.partition("</main>")
    frame = (before + after).replace(' aria-current="page"', "")
    return f"main {_WORDS.sub('', main)}", f"frame {_WORDS.sub('', frame)}"
