"""Measurements as a table for the eye and as JSON for machines."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from unicodedata import east_asian_width

from bench.measurement import Measurement

_HEADERS = ("bench", "metric", "value", "unit", "limit", "limit value", "ratio", "goal", "met")
_RIGHT = frozenset({"value", "limit value", "ratio", "goal"})


def table(measurements: Sequence[Measurement]) -> str:
    """Aligned columns, one line per measurement below the headers."""
    rows = [_HEADERS, *(_row(each) for each in measurements)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def as_json(measurements: Sequence[Measurement]) -> str:
    """A list of objects: bench, metric, value, unit, limit, limit_value, ratio, goal, met."""
    rows = [asdict(each) | {"met": each.met} for each in measurements]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _row(each: Measurement) -> tuple[str, ...]:
    goal = "–" if each.goal is None else f"{each.goal:.2f}"
    met = "–" if each.goal is None else ("yes" if each.met else "NO")
    value, limit = f"{each.value:,.3f}", f"{each.limit_value:,.3f}"
    ratio = f"{each.ratio:.3f}"
    return each.bench, each.metric, value, each.unit, each.limit, limit, ratio, goal, met


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (
        _padded(text, width, right=header in _RIGHT)
        for text, width, header in zip(row, widths, _HEADERS, strict=True)
    )
    return "  ".join(cells).rstrip()


def _padded(text: str, width: int, *, right: bool) -> str:
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank


def _width(text: str) -> int:
    """Columns on a terminal: Japanese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
