import pytest
from django.test import Client
from django.urls import reverse

from bench.web import PAGES, links, p95, unmeasured
from tests.matrix.table import TABLE
from tests.matrix.world import ACTORS, build_world


def test_links_stay_in_the_portal_and_are_named_once() -> None:
    html = """
      <a href="/notices/?view=unread">未読</a> <a class="b" href="/notices/">一覧</a>
      <a href="drafts/">起案</a> <a href="#main">本文</a> <a href="https://elsewhere.example/">外</a>
    """

    assert links(html, "/notices/") == ["/notices/", "/notices/drafts/"]


def test_one_slow_page_in_forty_is_not_the_p95() -> None:
    assert p95([10.0] * 39 + [500.0]) == 10.0


def test_a_page_that_was_not_reached_fails_the_bench() -> None:
    forgotten = unmeasured(PAGES - {"calendar", "people"})

    assert (forgotten.metric, forgotten.met) == ("pages not reached: calendar, people", False)
    assert unmeasured(PAGES).met


@pytest.mark.django_db
def test_every_address_that_answers_with_a_page_is_measured() -> None:
    world = build_world()
    shown = set()
    for row in TABLE:
        actor = next((a for a in ACTORS if row.expected().get(a) == 200), None)
        if row.method == "get" and actor:
            client = Client()
            if actor != "anonymous":
                client.force_login(world.people[actor])
            response = client.get(reverse(row.name, kwargs=row.arguments(world)))
            shown |= {row.name} if response["Content-Type"].startswith("text/html") else set()
            if response.streaming:
                response.getvalue()  # read to its end, the file is closed

    assert shown == PAGES
