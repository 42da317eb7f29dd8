"""How far a compilation is: responses read, and responses written to each sheet of them."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
REPORT_EVERY = 50


class Progress:
    """Counts steps, and tells ``report`` of the number every REPORT_EVERY of them.

    A step is one response read, or written to one sheet, so that equal steps take about equal time.
    """

    def __init__(self, report: Callable[[int], None]) -> None:
        self.done = 0
        self._report = report

    def step(self) -> None:
        """One more."""
        self.done += 1
        if self.done % REPORT_EVERY == 0:
            self._report(self.done)

    def touch(self) -> None:
        """Tell that it goes on, where something takes long that is no step."""
        self._report(self.done)

    def go_on_from(self, done: int) -> None:
        """What was done before, perhaps by somebody else, counts too."""
        self.done = done
        self.touch()

    def over(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items; each is a step."""
        for item in items:
            yield item
            self.step()
