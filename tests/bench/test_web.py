from bench.web import links, p95


def test_links_stay_in_the_portal_and_are_named_once() -> None:
    html = """
      <a href="/notices/?view=unread">未読</a> <a class="b" href="/notices/">一覧</a>
      <a href="drafts/">起案</a> <a href="#main">本文</a> <a href="https://elsewhere.example/">外</a>
    """

    assert links(html, "/notices/") == ["/notices/", "/notices/drafts/"]


def test_one_slow_page_in_forty_is_not_the_p95() -> None:
    assert p95([10.0] * 39 + [500.0]) == 10.0
