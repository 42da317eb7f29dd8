"""Every page in every role is valid HTML."""

import re
from collections import Counter

import pytest

from tests.face.markup import parse_errors
from tests.face.pages import every_page
from tests.matrix.world import World


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        ("<!doctype html><title>良い</title><p>文", 0),
        ("<!doctype html><title>閉じない</title><div><p>文</div></p>", 1),
        ("<!doctype html><title>中に置けない</title><p><div>文</div></p>", 1),
        ("<p>宣言がない", 1),
    ],
)
def test_parser_finds_what_is_wrong(html: str, codes: int) -> None:
    assert len(parse_errors(html)) == codes


def test_every_page_is_valid(world: World) -> None:
    wrong = {
        (page.url, page.actor): errors
        for page in every_page(world)
        if (errors := parse_errors(page.html))
    }

    assert wrong == {}


def test_no_id_is_used_twice(world: World) -> None:
    doubled = {
        (page.url, name)
        for page in every_page(world)
        for name, times in Counter(re.findall(r'\sid="([^"]*)"', page.html)).items()
        if times > 1
    }

    assert doubled == set()


def test_every_reference_leads_to_an_element(world: World) -> None:
    pattern = r'\s(?:for|aria-labelledby|aria-describedby|aria-controls|list|form)="([^"]*)"'
    lost = {
        (page.url, name)
        for page in every_page(world)
        for names in re.findall(pattern, page.html)
        for name in names.split()
        if f' id="{name}"' not in page.html
    }

    assert lost == set()
