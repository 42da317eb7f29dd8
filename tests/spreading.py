"""How a run is spread over its workers: a module is one piece of work, a browser test another.

Modules share what is costly to make: all pages, a world, a workbook. The marks of xdist don't
reach its scheduler under pytest 9.2, so this one goes by paths.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

BY_THE_TEST = ("tests/e2e/", "tests/faults/", "/browser/", "_in_browser.py")
"""Parts of paths: there each test takes seconds and shares nothing but the browser."""
LONGEST = (
    "tests/face/test_pages_in_browser.py",
    "tests/face/test_markup.py",
    "tests/matrix/test_matrix.py",
    "tests/dev/test_load_demo.py",
    "tests/dev/test_demo.py",
)
"""Modules that begin first, so that the last minute finds no long one."""


class ByModule(LoadScopeScheduling):  # type: ignore[misc] # xdist ships no types
    """Hands out modules in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        module, _, _ = nodeid.partition("::")
        return nodeid if any(part in module for part in BY_THE_TEST) else module


def longest_first(items: list[pytest.Item]) -> None:
    """Bring the tests of LONGEST to the front; the others stay in their (random) order."""
    places = {module: place for place, module in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(places)))
