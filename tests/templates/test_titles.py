"""Titles of the form page – section – portal."""

import pytest
from django.template import Context, Engine
from django.template.loader import render_to_string

from onepublic.core.templatetags.titles import without_repeats


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("発出 – 通知 – OnePublic", "発出 – 通知 – OnePublic"),
        ("通知 – 通知 – OnePublic", "通知 – OnePublic"),
        ("ログイン –  – OnePublic", "ログイン – OnePublic"),
        ("\n 通知–訂正 \n – 通知 – OnePublic", "通知–訂正 – 通知 – OnePublic"),
    ],
)
def test_title_names_each_part_once(title: str, shown: str) -> None:
    assert without_repeats(title) == shown


def test_title_stays_escaped() -> None:
    engine = Engine(libraries={"titles": "onepublic.core.templatetags.titles"})
    source = "{% load titles %}{% filter without_repeats %}{{ name }} – OnePublic{% endfilter %}"

    html = engine.from_string(source).render(Context({"name": "<b>"}))

    assert html == "&lt;b&gt; – OnePublic"


def test_section_is_the_current_item_of_the_navigation() -> None:
    items = [
        {"label": "ホーム", "url": "/", "current": False},
        {"label": "通知", "url": "/notices/", "current": True},
    ]

    html = render_to_string("base.html", {"navigation": items})

    assert "<title>通知 – OnePublic</title>" in html
