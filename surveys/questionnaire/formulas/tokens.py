"""Cut the text of a formula into words, signs and values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from surveys.questionnaire.formulas.errors import FormulaError

MAX_LENGTH: Final = 20_000
# What a Japanese keyboard or a word processor gives instead of the plain signs.
_FOLD: Final = str.maketrans(
    "（），＋－＝＜＞＊．　“”‘’！｛｝＄０１２３４５６７８９", "(),+-=<>*. \"\"''!{}$0123456789"
)
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |   (?P<reference>\$\{[^{}]*\})
    |   (?P<number>[0-9]+(?:\.[0-9]+)?)
    |   (?P<text>'[^']*'|"[^"]*")
    |   (?P<name>[A-Za-z_][A-Za-z0-9_-]*)
    |   (?P<sign>!=|<=|>=|[=<>+\-*(),.])""",
    re.VERBOSE,
)
_PATH: Final = re.compile(r"[A-Za-z0-9_-]{1,64}(?:\.(?:[A-Za-z0-9_-]{1,64}|\*)){0,2}")


class TokenKind(StrEnum):
    """What a token is."""

    REFERENCE = "reference"
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a formula; the text of a reference or a literal without what encloses it."""

    kind: TokenKind
    text: str
    position: int


def tokens(formula: str) -> Iterator[Token]:
    """Yield the tokens and an end, in one pass. Raises FormulaError where there is none."""
    if len(formula) > MAX_LENGTH:
        raise FormulaError(f"式は{MAX_LENGTH:,}文字以内で書いてください。", MAX_LENGTH)
    folded = formula.translate(_FOLD)
    position = 0
    while position < len(folded):
        found = _TOKEN.match(folded, position)
        if found is None:
            raise FormulaError(f"「{formula[position]}」は、ここでは使えません。", position)
        position = found.end()
        if found.lastgroup and found.lastgroup != "space":
            kind = TokenKind(found.lastgroup)
            source = formula if kind is TokenKind.TEXT else folded
            yield _token(kind, source[found.start() : position], found.start())
    yield Token(TokenKind.END, "", len(formula))


def _token(kind: TokenKind, text: str, position: int) -> Token:
    if kind is TokenKind.TEXT:
        text = text[1:-1]
    if kind is TokenKind.REFERENCE:
        text = text[2:-1].strip()
        if not _PATH.fullmatch(text):
            raise FormulaError("設問は${設問のid}、表の欄は${表.行.列}と書いてください。", position)
    return Token(kind, text, position)
