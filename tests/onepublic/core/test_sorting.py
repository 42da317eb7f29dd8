import pytest
from django.http import QueryDict

from onepublic.core.sorting import Column, heads, order_in_force, ordered

COLUMNS = [Column("期限", "due"), Column("件数", "count", numeric=True), Column("備考")]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", "due"),
        ("sort=count", "count"),
        ("sort=-count", "-count"),
        ("sort=password", "due"),
        ("sort=", "due"),
        ("sort=--due", "due"),
    ],
)
def test_only_columns_order(asked: str, expected: str) -> None:
    assert order_in_force(QueryDict(asked), COLUMNS, default="due") == expected


def test_second_press_turns_the_order() -> None:
    first = heads(QueryDict(""), COLUMNS, order="due")
    second = heads(QueryDict(""), COLUMNS, order="-due")

    assert [(head.sort, head.sort_url) for head in first] == [
        ("ascending", "?sort=-due"),
        ("none", "?sort=count"),
        ("none", ""),
    ]
    assert (second[0].sort, second[0].sort_url) == ("descending", "?sort=due")


def test_link_keeps_filters_and_begins_at_the_first_page() -> None:
    head = heads(QueryDict("q=予防&after=x&sort=due"), COLUMNS, order="due")[1]

    assert QueryDict(head.sort_url[1:]).dict() == {"q": "予防", "sort": "count"}


def test_link_comes_back_to_its_place_on_the_page() -> None:
    head = heads(QueryDict(""), COLUMNS, order="due", anchor="rates")[1]

    assert head.sort_url == "?sort=count#rates"


def test_equal_rows_stay_as_they_came() -> None:
    rows = [{"code": "02", "n": 1}, {"code": "01", "n": 1}, {"code": "03", "n": 0}]

    assert [row["code"] for row in ordered(rows, "n")] == ["03", "02", "01"]
    assert [row["code"] for row in ordered(rows, "-n")] == ["02", "01", "03"]
