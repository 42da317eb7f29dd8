"""Folding a text for full-text search: what a reader takes for the same becomes the same.

Folded away: width (NFKC), case, old and rare kanji (see ``variants``), hiragana against katakana,
the many dashes, positional kanji digits (第二〇号 = 第20号), and all white space, so that a word
which a PDF breaks over two lines is still one.

A text is folded one visible character (a base with its combining marks) at a time and each always
in the same way. So whatever is cut out of a text between two visible characters, folded alone, is
found in the folded text: the one promise that search lives by.

What can't be done a character at a time is not folded: 十 (a query asks for both, see
:func:`in_other_digits`), 百 and 千, 元年 against 1年, okurigana (取扱い, 取り扱い).
"""

import re
import unicodedata
from functools import lru_cache

from onepublic.core.fulltext.variants import KANJI_VARIANTS

_MARKS = "\u0300-\u036f\u3099\u309a\u20d0-\u20ff\ufe00-\ufe0f\uff9e\uff9f\U000e0100-\U000e01ef"
_VISIBLE = re.compile(f".[{_MARKS}]*", re.DOTALL)
_KANJI_DIGITS = "〇一二三四五六七八九"
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_ALIKE = str.maketrans(
    {
        **KANJI_VARIANTS,
        **{sign: str(digit) for digit, sign in enumerate(_KANJI_DIGITS)},
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("○◯", "0"),  # 二○号: typed for 〇 by many
        "〜": "~",
        "ヶ": "ケ",
        "ヵ": "カ",
    }
    | {chr(code): chr(katakana) for code, katakana in _HIRAGANA.items()}
)
_DROPPED = frozenset({"Mn", "Me", "Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_TENS = re.compile("(?<![0-9十百千])[0-9]?十[0-9]?(?![0-9十百千])")
_TWO_DIGITS = re.compile("(?<![0-9])[1-9][0-9](?![0-9])")


def folded(text: str) -> str:
    """``text`` as search compares it; folding it again changes nothing."""
    return "".join(map(_folded_character, _VISIBLE.findall(text)))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where in ``text`` its origin begins.

    One place more than characters: the last is the length of ``text``.
    """
    parts: list[str] = []
    places: list[int] = []
    for found in _VISIBLE.finditer(text):
        part = _folded_character(found.group())
        parts.append(part)
        places.extend([found.start()] * len(part))
    return "".join(parts), [*places, len(text)]


def in_other_digits(term: str) -> tuple[str, ...]:
    """The folded ``term``, and how it reads with its numbers to 99 written the other way.

    「第20条」 is also 「第2十条」, which is what 第二十条 folds to, and the other way round.
    """
    if _TENS.search(term):
        return term, _TENS.sub(lambda found: _positional(found.group()), term)
    if _TWO_DIGITS.search(term):
        return term, _TWO_DIGITS.sub(lambda found: _with_tens(found.group()), term)
    return (term,)


def _positional(number: str) -> str:
    tens, _, ones = number.partition("十")
    return f"{tens or 1}{ones or 0}"


def _with_tens(number: str) -> str:
    tens, ones = number[0], number[1]
    return f"{'' if tens == '1' else tens}十{'' if ones == '0' else ones}"


@lru_cache(maxsize=30_000)
def _folded_character(character: str) -> str:
    """Folded again, each part by itself, until that changes nothing."""
    part = _step(character)
    while (again := "".join(map(_step, part))) != part:
        part = again
    return part


def _step(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character).translate(_ALIKE).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign) not in _DROPPED)
