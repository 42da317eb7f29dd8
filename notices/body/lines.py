"""What a line of an official letter is, seen from its first characters.

The customs are those of 公用文: 記 stands alone in the middle, 以上 at the end of the line;
what follows a number (第１, １, （１）, ア, ①) or a mark (・, ※) goes on below itself, not below
the number.
"""

import re
from unicodedata import east_asian_width

WIDEST_HANG = 8
HANGS = frozenset(f"hang-{width}" for width in range(1, WIDEST_HANG + 1))
CLASSES = HANGS | {"line", "line-centre", "line-end"}

_MIDDLE = re.compile(r"\s*記\s*")
_END = re.compile(r"\s*[（(]?以\s*上[）)]?\s*")
_NUMBER = r"[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}"
_SIGN = "[○●◎◇◆□■※＊][0-9０-９]{0,2}"
_NUMBERED = re.compile(
    rf"\s*(?:(?:第(?:{_NUMBER})|(?:{_NUMBER})[.．]?|[⑴-⒛①-⑳]|[ア-ンａ-ｚ]|{_SIGN})　[　 ]*"
    rf"|[（(](?:{_NUMBER}|[ア-ンａ-ｚ]|注[0-9０-９]{{0,2}})[）)][　 ]*"
    rf"|[・※][　 ]*)"
    rf"(?=\S)"
)


def as_printed(line: str) -> tuple[str, str]:
    """The line, and the classes under which the style sheet knows it.

    Spaces that were typed to push 記 and 以上 into place would push them out of it.
    """
    if _MIDDLE.fullmatch(line):
        return line.strip(), "line line-centre"
    if _END.fullmatch(line):
        return line.strip(), "line line-end"
    return line, f"line {hang}" if (hang := _hang(line)) else "line"


def _hang(line: str) -> str:
    numbered = _NUMBERED.match(line)
    width = round(sum(_em(character) for character in numbered.group())) if numbered else 0
    name = f"hang-{width}"
    return name if name in HANGS else ""


def _em(character: str) -> float:
    """The width of a character in a Japanese font."""
    return 1 if east_asian_width(character) in "FWA" else 0.5
