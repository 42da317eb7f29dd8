"""A table of HTML as a table of Markdown: merged cells are taken apart, numbers go to the right."""

import re
from collections.abc import Callable

from bs4 import Tag

MOST_ROWS = 500
MOST_COLUMNS = 50
_AMOUNT = re.compile(r"[-+−△▲]?[0-9０-９,，]+(?:[.．][0-9０-９]+)?[%％]?")

Grid = list[list[str]]


def table_text(table: Tag, *, cell: Callable[[Tag], str]) -> list[str]:
    """The lines; ``cell`` gives the words of one cell. A table of a single cell is only its words.

    The first row becomes the heading: a copied range mostly has one, and Markdown wants one.
    """
    grid = _without_empty(_grid(table, cell))
    if not grid:
        return []
    if len(grid) == len(grid[0]) == 1:
        return grid[0][0].split("<br>")
    head, *rows = grid
    return [_row(head), _row(_rulers(grid)), *map(_row, rows)]


def _grid(table: Tag, cell: Callable[[Tag], str]) -> Grid:
    """Each cell at its place; places that a merged cell only covers stay empty."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table][:MOST_ROWS]
    words: dict[tuple[int, int], str] = {}
    for y, row in enumerate(rows):
        x = 0
        for one in row.find_all(["td", "th"], recursive=False):
            while (y, x) in words:
                x += 1
            width, height = _span(one, "colspan"), _span(one, "rowspan")
            words |= {(y + down, x + right): "" for down in range(height) for right in range(width)}
            words[y, x] = cell(one)
            x += width
    columns = min(max((x for _, x in words), default=-1) + 1, MOST_COLUMNS)
    return [[words.get((y, x), "") for x in range(columns)] for y in range(len(rows))]


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    known = value.isascii() and value.isdecimal() and len(value) < 4
    return min(max(int(value), 1), MOST_COLUMNS) if known else 1


def _without_empty(grid: Grid) -> Grid:
    """The grid without rows and columns that hold nothing, as a selection drags them along."""
    rows = [row for row in grid if any(row)]
    kept = [x for x, column in enumerate(zip(*rows, strict=True)) if any(column)]
    return [[row[x] for x in kept] for row in rows]


def _rulers(grid: Grid) -> list[str]:
    columns = zip(*grid[1:], strict=True)
    rulers = ["--:" if _is_of_amounts(column) else "---" for column in columns]
    return rulers or ["---"] * len(grid[0])


def _is_of_amounts(column: tuple[str, ...]) -> bool:
    filled = [words for words in column if words]
    return bool(filled) and all(map(_AMOUNT.fullmatch, filled))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
