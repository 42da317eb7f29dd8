from collections.abc import Sequence

import pytest

from onepublic.workbook import Cell
from surveys.compilation.numbers import Numbers
from surveys.compilation.tallies import picker

LARGE = 2**31
ROWS: list[list[Cell]] = [
    [3, None, 0, "対象外"],
    [3, 2.5, None, -1],
    [LARGE, -LARGE, None, 7],
    [None, "該当なし", "", "x"],
]


@pytest.mark.parametrize("cells", ROWS, ids=["whole", "broken", "large", "none"])
@pytest.mark.parametrize("chunk", [1, 4])
def test_it_gives_back_each_number_as_it_was(cells: Sequence[Cell], chunk: int) -> None:
    numbers = Numbers()

    for first in range(0, len(cells), chunk):
        numbers.extend(cells[first : first + chunk])

    found = numbers.picked(picker(range(len(cells))))
    assert list(found) == [cell for cell in cells if isinstance(cell, int | float)]


def test_it_picks_the_numbers_of_a_group() -> None:
    numbers = Numbers()
    numbers.extend([1, 2, None, 4])

    assert list(numbers.picked(picker([0, 2, 3]))) == [1, 4]
    assert list(numbers.picked(picker([2]))) == []
