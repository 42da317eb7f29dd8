"""Somebody who knows all that is printed and reckons what is not: every whole number that fits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]
Row = tuple[int, ...]


@dataclass(frozen=True)
class Printed:
    """One division's table: None where nothing is shown; ``sizes`` are the rows' totals."""

    rows: Sequence[Sequence[int | None]]
    sizes: Sequence[int | None]


def possible_values(
    total: Sequence[int | None], everybody: int, printed: Printed
) -> dict[Cell, set[int]]:
    """What each hidden cell of the division may be, given the nation's row and its sum."""
    found: dict[Cell, set[int]] = {
        (row, column): set()
        for row, cells in enumerate(printed.rows)
        for column, cell in enumerate(cells)
        if cell is None
    }
    for nation in _rows(total, everybody):
        for table in _tables(nation, everybody, printed):
            for (row, column), values in found.items():
                values.add(table[row][column])
    return found


def possible_totals(
    total: Sequence[int | None], everybody: int, divisions: Sequence[Printed]
) -> Mapping[int, set[int]]:
    """What each hidden number of the nation may be, by column, with every division agreeing."""
    found: dict[int, set[int]] = {
        column: set() for column, count in enumerate(total) if count is None
    }
    for nation in _rows(total, everybody):
        if all(next(_tables(nation, everybody, each), None) for each in divisions):
            for column, values in found.items():
                values.add(nation[column])
    return found


def _rows(cells: Sequence[int | None], size: int) -> Iterator[Row]:
    """Every way to fill a row that adds up."""
    if not cells:
        if size == 0:
            yield ()
        return
    first, *rest = cells
    for value in range(size + 1) if first is None else [first]:
        if value <= size:
            for others in _rows(rest, size - value):
                yield (value, *others)


def _tables(nation: Sequence[int], people: int, printed: Printed) -> Iterator[tuple[Row, ...]]:
    """Every way to fill the rows that are left so that the columns add up."""
    if not printed.rows:
        if not any(nation):
            yield ()
        return
    size = printed.sizes[0]
    rest = Printed(printed.rows[1:], printed.sizes[1:])
    for mine in range(people + 1) if size is None else [size]:
        for row in _rows(printed.rows[0], mine):
            left = [count - taken for count, taken in zip(nation, row, strict=True)]
            if min(left) >= 0:
                for others in _tables(left, people - mine, rest):
                    yield (row, *others)
