import pytest
from hypothesis import given
from hypothesis import strategies as st

from onepublic.core.charts.scale import share, ticks, written


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        (0, [0, 1]),
        (1, [0, 0.5, 1]),
        (7, [0, 2, 4, 6, 8]),
        (100, [0, 50, 100]),
        (1788, [0, 500, 1000, 1500, 2000]),
    ],
)
def test_axis_ends_at_a_round_number_above(largest: int, expected: list[float]) -> None:
    assert ticks(largest) == expected


@given(st.integers(1, 10**9))
def test_axis_has_few_even_steps_and_covers_the_largest(largest: int) -> None:
    axis = ticks(largest)

    assert axis[-2] < largest <= axis[-1]
    assert 2 <= len(axis) <= 5


def test_share_of_nothing_and_beyond_the_whole_stays_in_the_drawing() -> None:
    assert [share(3, 0), share(1, 3), share(5, 4), share(-1, 4)] == [0.0, 33.33, 100, 0]


def test_no_value_is_not_zero() -> None:
    assert [written(None, "人"), written(0, "人"), written(1788, "団体"), written(62.55)] == [
        "－",
        "0人",
        "1,788団体",
        "62.5",
    ]
