"""Whether a field takes a stored value: a second, simple reading of docs/questionnaire.md."""

import re
from datetime import date
from typing import Any

from tests.surveys.questionnaire.building import Json

CODES = {"011002", "131016"}


def is_blank(value: Any) -> bool:
    if isinstance(value, list):
        return all(is_blank(part) for part in value)
    return value is None or value == "" or value == "　"


def is_valid(cell: Json, value: Any) -> bool:
    """Tell whether a question or a cell of a table takes the value, which is not blank."""
    return bool(_TESTS[cell["type"]](cell, value))


def _number(low: Any, high: Any, places: int) -> Any:
    def test(cell: Json, value: Any) -> bool:
        least, most = cell.get("min", low), cell.get("max", high)
        return (
            type(value) in (int, float)
            and (least is None or value >= least)
            and (most is None or value <= most)
            and round(value, cell.get("decimals", places)) == value
        )

    return test


def _matches(pattern: str) -> Any:
    return lambda cell, value: isinstance(value, str) and re.fullmatch(pattern, value)


def _option(cell: Json, value: Any) -> bool:
    return value in [option["value"] for option in cell["options"]]


def _options(cell: Json, value: Any) -> bool:
    alone = [option["value"] for option in cell["options"] if option.get("exclusive")]
    return all(_option(cell, part) for part in value) and (
        len(value) == 1 or not set(alone) & set(value)
    )


def _ranks(cell: Json, value: Any) -> bool:
    return (
        all(_option(cell, part) for part in value)
        and len(set(value)) == len(value) <= cell["max_rank"]
    )


def _day(cell: Json, value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return bool(cell["min"] <= value)


def _month(cell: Json, value: Any) -> bool:
    return bool(_day({"min": cell["min"]}, f"{value}-01") and cell["min"] <= value <= cell["max"])


_TESTS = {
    "number": _number(None, None, 0),
    "currency": _number(None, None, 0),
    "percent": _number(0, 100, 1),
    "scale": _number(None, None, 0),
    "year": _number(None, None, 0),
    "text": lambda cell, value: "\n" not in value and len(value) <= cell["max_length"],
    "email": _matches(r".+@.+\.jp"),
    "tel": _matches(r"0\d-\d{4}-\d{4}"),
    "url": _matches(r"https://.+"),
    "yesno": lambda cell, value: isinstance(value, bool),
    "single": _option,
    "multiple": _options,
    "ranking": _ranks,
    "date": _day,
    "month": _month,
    "organization": lambda cell, value: value in CODES,
}
