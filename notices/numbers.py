"""Document numbers (文書番号): composing those of today, and reading old, irregular ones.

``医政発1123第1号`` is the symbol (符号) of a division, month and day of issue, and a running
number. Older ones know no day (``健医感発第35号``) or write kanji digits (``発児第二〇号``). The
raw string stays what is printed; what is read from it only helps to compare and to search.
"""

import re
from dataclasses import dataclass
from datetime import date

from onepublic.core.text import fold

_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = re.compile(
    r"(?P<symbol>.*?)(?P<day>(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))?"
    r"第(?P<running>[0-9〇一二三四五六七八九十百千]{1,9})号(?P<branch>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """The parts of a number: ``day`` is ``MMDD`` or "", ``branch`` what follows 「号」."""

    symbol: str
    day: str
    running: int
    branch: str = ""

    def __str__(self) -> str:
        return f"{self.symbol}{self.day}第{self.running}号{self.branch}"


def compose(symbol: str, issued_on: date, running: int) -> str:
    """The number as it will be printed: ``医政発1123第1号``."""
    return str(PrintedNumber(symbol, f"{issued_on:%m%d}", running))


def parse_number(text: str) -> PrintedNumber | None:
    """The parts of a number in whatever width and digits it is written; None for any other text,
    such as a name or 「事務連絡」.
    """
    found = _WRITTEN.fullmatch(_plain(text))
    if found is None:
        return None
    running = _value(found["running"])
    return PrintedNumber(found["symbol"], found["day"] or "", running, found["branch"])


def canonical(text: str) -> str:
    """What two writings of the same number have in common; "" for a blank."""
    parts = parse_number(text)
    return str(parts) if parts else _plain(text)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def _value(digits: str) -> int:
    """``二〇`` and ``二十`` are both 20."""
    if not set(digits) & set(_UNITS):
        return int(digits.translate(_KANJI_DIGITS))
    total, current = 0, ""
    for character in digits:
        if unit := _UNITS.get(character):
            total += int(current or "1") * unit
            current = ""
        else:
            current += character.translate(_KANJI_DIGITS)
    return total + int(current or "0")
