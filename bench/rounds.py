"""Comparing two pieces of work fairly on a machine that others use too."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Medians over the rounds: seconds of both, and their ratio within a round."""

    subject: float
    peer: float
    ratio: float


def compare(
    subject: Work, peer: Work, *, rounds: int = 5, clock: Clock = time.process_time
) -> Comparison:
    """Run both in turn, `rounds` times each, the first one of a round alternating.

    The clock is this process's CPU time unless another is given, such as
    `time.perf_counter` for work that a server does.
    """
    pairs = [_round(subject, peer, clock, swapped=number % 2 == 1) for number in range(rounds)]
    return Comparison(
        subject=median(mine for mine, _ in pairs),
        peer=median(theirs for _, theirs in pairs),
        ratio=median(mine / theirs for mine, theirs in pairs),
    )


def _round(subject: Work, peer: Work, clock: Clock, *, swapped: bool) -> tuple[float, float]:
    if swapped:
        theirs = seconds(peer, clock)
        return seconds(subject, clock), theirs
    return seconds(subject, clock), seconds(peer, clock)


def seconds(work: Work, clock: Clock = time.process_time) -> float:
    """What one run of the work takes, after the garbage of earlier work is gone."""
    gc.collect()
    start = clock()
    work()
    return clock() - start
