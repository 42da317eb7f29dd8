"""Round numbers for axes, and how numbers are written in charts."""

from math import ceil, floor, log10

ROUND = (1, 2, 5, 10)
Number = int | float


def nice_step(largest: Number, *, parts: int) -> Number:
    """The smallest of 1, 2, 5, 10, 20, 50 … that covers ``largest`` in at most ``parts`` steps.

    1 when there is nothing to cover. Negative numbers do not occur: charts show counts and rates.
    """
    if largest <= 0:
        return 1
    magnitude = 10 ** floor(log10(largest / parts))
    return next(step for factor in ROUND if (step := _plain(factor * magnitude)) * parts >= largest)


def ticks(largest: Number, *, parts: int = 4) -> list[Number]:
    """0 and the round numbers up to the first that is not below ``largest``."""
    step = nice_step(largest, parts=parts)
    return [_plain(step * place) for place in range(max(1, ceil(largest / step)) + 1)]


def share(value: Number, whole: Number) -> float:
    """``value`` in percent of ``whole``, to two decimals, kept between 0 and 100."""
    return round(min(max(100 * value / whole, 0), 100), 2) if whole else 0.0


def written(value: Number | None, unit: str = "") -> str:
    """``1,234人``, ``62.5％``; a dash for no value, which is not zero."""
    if value is None:
        return "－"
    return f"{value:,}{unit}" if isinstance(value, int) else f"{value:,.1f}{unit}"


def _plain(number: Number) -> Number:
    rounded = round(number, 10)
    return int(rounded) if rounded == int(rounded) else rounded
