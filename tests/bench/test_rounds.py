import time
from collections.abc import Iterator

from bench.rounds import Comparison, compare, seconds


class Stopwatch:
    """A clock that moves only when work says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_ratios_are_taken_within_a_round_and_the_median_counts() -> None:
    clock = Stopwatch()
    mine, theirs = iter([1.0, 2.0, 9.0]), iter([10.0, 10.0, 10.0])

    def spend(durations: Iterator[float]) -> None:
        clock.now += next(durations)

    result = compare(lambda: spend(mine), lambda: spend(theirs), rounds=3, clock=clock)
    assert result == Comparison(subject=2.0, peer=10.0, ratio=0.2)


def test_who_goes_first_alternates() -> None:
    order: list[str] = []
    clock = iter(range(100))
    compare(
        lambda: order.append("subject"),
        lambda: order.append("peer"),
        rounds=2,
        clock=lambda: float(next(clock)),
    )
    assert order == ["subject", "peer", "peer", "subject"]


def test_sleeping_costs_no_cpu_time() -> None:
    assert seconds(lambda: time.sleep(0.05)) < 0.05
