"""Which counts are hidden before results leave the division that asked. Knows no survey.

The custom is that of Japanese official statistics (統計の秘匿): a figure from which what a single
respondent said could be read is printed as 「x」, and so is as much besides it as keeps it from
being reckoned out of totals. A count of 1 to k − 1 is too small (k is what the author sets); the
rest of a rectangle around it goes with it (the hypercube method: Repsilber, «Preservation of
Confidentiality in Aggregated Data», 1994; ESSnet SDC, «Handbook on Statistical Disclosure Control»,
4.2), so that the count might be k as well for whoever knows all that is printed.

A table has one row for each group of a division and one column for each thing that a response can
be; the columns of a row add up to its total, those of all rows to the nation's. Tables of several
questions are made safe one by one: what follows from putting several together is not weighed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

Cell = tuple[int, int]
Table = Sequence[Sequence[int]]


def is_small(count: int, smallest: int) -> bool:
    """Whether few enough are counted to be known, but not none."""
    return 0 < count < smallest


def hidden_parts(parts: Sequence[int], smallest: int) -> frozenset[int]:
    """Which parts of a printed total to hide, by place: the small ones, and the next larger until
    each of the hidden might be ``smallest`` without any other being none.
    """
    hidden = [place for place, count in enumerate(parts) if is_small(count, smallest)]
    others = sorted(
        (place for place, count in enumerate(parts) if count >= smallest),
        key=lambda place: (parts[place], place),
    )
    while hidden and others and not _might_be_any(parts, hidden, smallest):
        hidden.append(others.pop(0))
    return frozenset(hidden)


def _might_be_any(parts: Sequence[int], hidden: Collection[int], smallest: int) -> bool:
    together = sum(parts[place] for place in hidden)
    return len(hidden) > 1 and together >= len(hidden) + smallest - 1


def hidden_in_division(
    total: Sequence[int], rows: Table, hidden_rows: Collection[int], smallest: int
) -> frozenset[Cell]:
    """Which cells of a division's table to hide, as pairs of row and column.

    ``total`` is the nation's row. ``hidden_rows`` are groups too small to be shown at all, see
    :func:`hidden_parts` of their sizes. Columns that the nation hides are hidden everywhere.
    """
    hidden_columns = hidden_parts(total, smallest)
    row_sets = _merged(range(len(rows)), hidden_rows)
    column_sets = _merged(range(len(total)), hidden_columns)
    merged = [
        [sum(rows[row][column] for row, column in product(some, others)) for others in column_sets]
        for some in row_sets
    ]
    cells = {
        cell
        for row, column in hidden_cells(merged, smallest)
        for cell in product(row_sets[row], column_sets[column])
    }
    whole = {cell for row in hidden_rows for cell in product([row], range(len(total)))}
    everywhere = set(product(range(len(rows)), hidden_columns))
    return frozenset(cells | whole | everywhere)


def _merged(places: Iterable[int], together: Collection[int]) -> list[list[int]]:
    """Each place alone, but those ``together`` as one: their sum follows from what is printed."""
    alone = [[place] for place in places if place not in together]
    return [*alone, sorted(together)] if together else alone


def hidden_cells(table: Table, smallest: int) -> frozenset[Cell]:
    """Which cells of a table to hide whose sums by row and by column are all known.

    Every such sum is 0 or at least ``smallest``: smaller ones were merged or hidden before.
    """
    small = [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        if is_small(count, smallest)
    ]
    hidden = set(small)
    for cell in small:
        _protect(table, cell, hidden, smallest - table[cell[0]][cell[1]])
    return frozenset(hidden)


@dataclass(slots=True)
class _Room:
    """How much may still be moved out of the row and of the column of a small cell."""

    in_row: dict[int, int] = field(default_factory=dict)
    in_column: dict[int, int] = field(default_factory=dict)


def _protect(table: Table, cell: Cell, hidden: set[Cell], needed: int) -> None:
    """Hide rectangles with a corner in the cell, along which ``needed`` could be moved into it."""
    row, column = cell
    room = _Room(
        {other: count for other, count in enumerate(table[row]) if other != column and count},
        {
            other: counts[column]
            for other, counts in enumerate(table)
            if other != row and counts[column]
        },
    )
    while needed > 0 and room.in_row and room.in_column:
        far_row, far_column = _cheapest(table, cell, room, hidden, needed)
        moved = min(needed, room.in_row[far_column], room.in_column[far_row])
        hidden |= {(row, far_column), (far_row, column), (far_row, far_column)}
        _take(room.in_row, far_column, moved)
        _take(room.in_column, far_row, moved)
        needed -= moved


def _take(room: dict[int, int], place: int, moved: int) -> None:
    room[place] -= moved
    if not room[place]:
        del room[place]


def _cheapest(table: Table, cell: Cell, room: _Room, hidden: set[Cell], needed: int) -> Cell:
    """The opposite corner: of the rectangles that suffice, the one that hides the fewest
    responses besides what is hidden already.
    """
    row, column = cell

    def rank(corner: Cell) -> tuple[bool, int, Cell]:
        sides = ((row, corner[1]), (corner[0], column), corner)
        cost = sum(table[r][c] or 1 for r, c in sides if (r, c) not in hidden)
        return min(room.in_row[corner[1]], room.in_column[corner[0]]) < needed, cost, corner

    return min(product(room.in_column, room.in_row), key=rank)


def may_show_median(count: int, rest: int, smallest: int) -> bool:
    """Whether the median of ``count`` numbers may be shown, with ``rest`` more in the nation: at
    least ``smallest`` lie on each side of it, and as many are left outside the group, or nobody.
    """
    return count >= 2 * smallest and not is_small(rest, smallest)


def may_show_quartiles(count: int, rest: int, smallest: int) -> bool:
    """The same of the quartiles: at least ``smallest`` numbers lie in each quarter."""
    return count >= 4 * smallest and not is_small(rest, smallest)
