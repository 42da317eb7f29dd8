"""Patterns of text questions: only those that can't hang on any text."""

import re
from math import prod
from typing import Final

from surveys.questionnaire.parsing.reader import Reader

MAX_PATTERN: Final = 200
# A backtracking matcher tries at most the product of the choices that each repetition leaves,
# and reads on from each; below this it answers within a second on the worst text.
MAX_STEPS: Final = 40_000_000
_TOKEN = re.compile(
    r"(?P<set>\[\^?\]?(?:\\.|[^\[\]\\])*\])"
    r"|(?P<escape>\\[^0-9])"
    r"|(?P<open>\((?:\?:|(?!\?)))"
    r"|(?P<close>\))"
    r"|(?P<bar>\|)"
    r"|(?P<repeat>(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??)"
    r"|(?P<plain>[^\\()\[\]|*+?{}])",
    re.DOTALL,
)
_SET_OPERATION = re.compile(r"--|&&|~~|\|\|")
_NOT_SIMPLE: Final = (
    "patternで使えるのは、文字、[ ]、( )、|、繰り返しだけです（後方参照や先読みは使えません）。"
)
_BOUNDS = re.compile(r"\{(\d+)(,?)(\d*)\}")


class _Unsafe(Exception):
    """The pattern is outside what can be judged; the message says why, in Japanese."""


def parse_pattern(reader: Reader, max_length: int) -> re.Pattern[str] | None:
    """Return the compiled pattern of a text of at most `max_length` characters."""
    if not reader.has("pattern"):
        return None
    source = reader.text("pattern", longest=MAX_PATTERN)
    try:
        if _steps(source[:MAX_PATTERN], max_length) > MAX_STEPS:
            reader.refuse("patternの繰り返しが多く、照合に時間が掛かり過ぎます。")
            return None
        return re.compile(source)
    except _Unsafe as refusal:
        reader.refuse(str(refusal))
    except (re.error, OverflowError) as error:
        reader.refuse(f"patternが正規表現として正しくありません（{error}）。")
    return None


class _Cost:
    """What the matcher may have to try, while a pattern is read from left to right.

    A level is a group that is still open: how many ways lead through what has been read of it,
    and how many characters it takes at least.
    """

    def __init__(self, max_length: int) -> None:
        self.max_length = max_length
        self.levels = [[1, 0]]
        self.steps = 0
        self.item = (0, 0)  # ways and length of what could be repeated; no ways: there is nothing

    def character(self) -> None:
        """Take in something that matches one character at most."""
        self.steps += self._entries()
        self.levels[-1][1] += 1
        self.item = (1, 1)

    def open(self) -> None:
        """Enter a group."""
        self.levels.append([1, 0])
        self.item = (0, 0)

    def close(self) -> None:
        """Leave a group: its ways count once in the group around it."""
        if len(self.levels) == 1:
            raise _Unsafe("patternの括弧の対応が正しくありません。")
        ways, length = self.levels.pop()
        self.levels[-1][0] *= ways
        self.levels[-1][1] += length
        self.item = (ways, max(1, length))

    def alternative(self) -> None:
        """Begin another alternative."""
        self.levels[-1][0] *= 2
        self.item = (0, 0)

    def repeat(self, repeat: str) -> None:
        """Repeat the last item: each number of repetitions is a way, each repetition a step."""
        ways, length = self.item
        low, high = _bounds(repeat, self.max_length)
        if ways == 0 and low != high:
            raise _Unsafe("patternの繰り返しの対象がありません。")
        if ways > 1 and high > 1:
            raise _Unsafe("patternの繰り返しの中に、更に繰り返しや「|」があります。")
        most = min(high, max(low, self.max_length))
        self.steps += self._entries() * most * length
        self.levels[-1][0] *= max(1, most - low + 1)
        self.levels[-1][1] += max(0, low - 1) * length
        self.item = (0, 0)

    def total(self) -> int:
        """Return the steps of the whole pattern."""
        return self.steps + self._entries()

    def _entries(self) -> int:
        return prod(ways for ways, _ in self.levels)


def _steps(source: str, max_length: int) -> int:
    """Return how many steps at most the matcher can go; raise _Unsafe where it can't be told."""
    cost = _Cost(max_length)
    place = 0
    while place < len(source):
        token = _TOKEN.match(source, place)
        if token is None or _SET_OPERATION.search(token["set"] or ""):
            raise _Unsafe(_NOT_SIMPLE)
        place = token.end()
        if token["open"]:
            cost.open()
        elif token["close"]:
            cost.close()
        elif token["bar"]:
            cost.alternative()
        elif token["repeat"]:
            cost.repeat(token["repeat"])
        else:
            cost.character()
    return cost.total()


def _bounds(repeat: str, max_length: int) -> tuple[int, int]:
    if match := _BOUNDS.match(repeat):
        low = int(match[1])
        return low, int(match[3]) if match[3] else (max_length if match[2] else low)
    return {"*": (0, max_length), "+": (1, max_length), "?": (0, 1)}[repeat[0]]
