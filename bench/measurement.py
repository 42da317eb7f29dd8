"""One measured figure beside what limits it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure, the figure of its limit from the same run, and the goal for their ratio.

    `limit` names what was measured beside it (a peer, or the least that the machine
    needs) or what is allowed. Without a `goal` the figure is for information only.
    """

    bench: str
    metric: str
    value: float
    unit: str
    limit: str
    limit_value: float
    ratio: float
    goal: float | None = None

    @property
    def met(self) -> bool:
        """True when the ratio is within the goal, or there is no goal."""
        return self.goal is None or self.ratio <= self.goal


def within(
    bench: str, metric: str, value: float, unit: str, *, allowed: float, limit: str = "allowed"
) -> Measurement:
    """A figure that must not exceed a fixed one, in the same unit."""
    return Measurement(bench, metric, value, unit, limit, allowed, value / allowed, goal=1.0)
