from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.results.suppression import (
    hidden_cells,
    hidden_in_division,
    hidden_parts,
    is_small,
    may_show_median,
    may_show_quartiles,
)
from tests.surveys.results.attacker import Printed, possible_totals, possible_values

SMALLEST = 3
Rows = Sequence[Sequence[int]]


def released(rows: Rows, *, secondary: bool = True) -> tuple[list[int | None], Printed]:
    """The nation's row and the division's table as printed; without the ``secondary`` hiding only
    what is small itself.
    """
    total = [sum(column) for column in zip(*rows, strict=True)]
    sizes = [sum(row) for row in rows]
    if secondary:
        columns, groups = hidden_parts(total, SMALLEST), hidden_parts(sizes, SMALLEST)
        cells = hidden_in_division(total, rows, groups, SMALLEST)
    else:
        columns = _small(total)
        groups = _small(sizes)
        every = product(range(len(rows)), range(len(total)))
        cells = frozenset((r, c) for r, c in every if r in groups or is_small(rows[r][c], SMALLEST))
    printed = Printed(
        [
            [None if (r, c) in cells else count for c, count in enumerate(row)]
            for r, row in enumerate(rows)
        ],
        [None if place in groups else size for place, size in enumerate(sizes)],
    )
    return [None if c in columns else count for c, count in enumerate(total)], printed


def _small(parts: Sequence[int]) -> frozenset[int]:
    return frozenset(place for place, count in enumerate(parts) if is_small(count, SMALLEST))


def reckoned(rows: Rows, *, secondary: bool = True) -> set[tuple[int, int]]:
    """The hidden cells with somebody in them that can be only what they are."""
    total, printed = released(rows, secondary=secondary)
    everybody = sum(map(sum, rows))
    found = possible_values(total, everybody, printed)
    return {(r, c) for (r, c), values in found.items() if rows[r][c] and len(values) == 1}


TABLES = (
    st.integers(2, 3)
    .flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 4), min_size=width, max_size=width), min_size=2, max_size=3
        )
    )
    .filter(lambda rows: sum(map(sum, rows)) >= 2 * SMALLEST)
)


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_nobody_can_reckon_a_hidden_number(rows: list[list[int]]) -> None:
    assert reckoned(rows) == set()


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_a_small_number_may_be_a_large_one_for_all_that_is_printed(rows: list[list[int]]) -> None:
    total, printed = released(rows)
    found = possible_values(total, sum(map(sum, rows)), printed)
    columns = [column for column, count in enumerate(total) if count is not None]
    groups = [row for row, size in enumerate(printed.sizes) if size is not None]

    small = [(r, c) for r in groups for c in columns if is_small(rows[r][c], SMALLEST)]

    assert [cell for cell in small if max(found[cell]) < SMALLEST] == []


@settings(max_examples=15, deadline=None)
@given(TABLES, st.data())
def test_nor_with_two_divisions_of_the_same_nation(
    rows: list[list[int]], data: st.DataObject
) -> None:
    other = [data.draw(st.permutations(column)) for column in zip(*rows, strict=True)]
    turned = [list(row) for row in zip(*other, strict=True)]
    total, printed = released(rows)
    _, printed_otherwise = released(turned)

    found = possible_totals(total, sum(map(sum, rows)), [printed, printed_otherwise])

    assert [column for column, values in found.items() if len(values) == 1] == []


@pytest.mark.parametrize(
    "rows",
    [
        [[5, 1], [4, 6]],  # from the total of the column
        [[4, 1], [0, 2], [5, 5]],  # a group too small, from the others
        [[4, 1, 3], [4, 4, 4]],
    ],
)
def test_without_the_secondary_hiding_it_is_reckoned(rows: list[list[int]]) -> None:
    assert reckoned(rows, secondary=False) != set()
    assert reckoned(rows) == set()


def test_what_is_not_small_stays() -> None:
    assert hidden_parts([3, 0, 9], SMALLEST) == frozenset()
    assert hidden_cells([[3, 0], [4, 5]], SMALLEST) == frozenset()


def test_the_next_smallest_goes_with_the_only_small_one() -> None:
    assert hidden_parts([2, 30, 9, 0], SMALLEST) == {0, 2}


def test_two_of_one_each_would_be_known_from_their_sum() -> None:
    assert hidden_parts([1, 1, 4, 9], SMALLEST) == {0, 1, 2}


def test_with_the_bound_at_one_nothing_is_hidden() -> None:
    assert hidden_parts([1, 1, 4], 1) == frozenset()


def test_the_cheapest_rectangle_is_hidden() -> None:
    table = [[1, 20, 9], [8, 30, 9], [30, 40, 50]]

    assert hidden_cells(table, SMALLEST) == {(0, 0), (0, 2), (1, 0), (1, 2)}


def test_a_median_has_enough_on_both_sides_and_leaves_enough_outside() -> None:
    asked = [(6, 0), (5, 0), (6, 2), (6, 3)]

    assert [may_show_median(count, rest, SMALLEST) for count, rest in asked] == [
        True,
        False,
        False,
        True,
    ]
    assert [may_show_quartiles(count, 0, SMALLEST) for count in (11, 12)] == [False, True]
