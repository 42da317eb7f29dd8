"""Patterns of text questions: only those that can't hang on any text."""

import re
from typing import Final

from surveys.questionnaire.parsing.reader import Reader

MAX_PATTERN: Final = 200
# A backtracking matcher tries at most the product of the choices that each repetition
# leaves; below this it answers within a fraction of a second on the worst text.
MAX_STEPS: Final = 20_000_000
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
        if _choices(source[:MAX_PATTERN], max_length) > MAX_STEPS:
            reader.refuse("patternの繰り返しが多く、照合に時間が掛かり過ぎます。")
            return None
        return re.compile(source)
    except _Unsafe as refusal:
        reader.refuse(str(refusal))
    except (re.error, OverflowError) as error:
        reader.refuse(f"patternが正規表現として正しくありません（{error}）。")
    return None


def _choices(source: str, max_length: int) -> int:
    """Return how many ways at most the matcher can go; raise _Unsafe where it can't be told."""
    levels = [1]
    item = 0  # ways through the item just read, 0 when there is nothing to repeat
    place = 0
    while place < len(source):
        token = _TOKEN.match(source, place)
        if token is None or _SET_OPERATION.search(token["set"] or ""):
            raise _Unsafe(_NOT_SIMPLE)
        place = token.end()
        if token["open"]:
            levels.append(1)
            item = 0
        elif token["close"]:
            item = _close(levels)
        elif token["bar"]:
            levels[-1] = 2 * levels[-1]
            item = 0
        elif token["repeat"]:
            levels[-1] *= _repeated(token["repeat"], item, max_length)
            item = 0
        else:
            item = 1
    return levels[0]


def _close(levels: list[int]) -> int:
    """Leave a group: its ways count once in the group around it."""
    if len(levels) == 1:
        raise _Unsafe("patternの括弧の対応が正しくありません。")
    inner = levels.pop()
    levels[-1] *= inner
    return inner


def _repeated(repeat: str, item: int, max_length: int) -> int:
    """Return by how much a repetition multiplies the ways."""
    low, high = _bounds(repeat, max_length)
    if item == 0 and low != high:
        raise _Unsafe("patternの繰り返しの対象がありません。")
    if item > 1 and high > 1:
        raise _Unsafe("patternの繰り返しの中に、更に繰り返しや「|」があります。")
    return max(1, min(high, max_length) - low + 1)


def _bounds(repeat: str, max_length: int) -> tuple[int, int]:
    if match := _BOUNDS.match(repeat):
        low = int(match[1])
        return low, int(match[3]) if match[3] else (max_length if match[2] else low)
    return {"*": (0, max_length), "+": (1, max_length), "?": (0, 1)}[repeat[0]]
