"""What a text from outside must be before it is stored, and how it is folded for search."""

import re
import unicodedata

# C0 and C1 controls without tab and line feed, lone surrogates, and the bidirectional
# overrides that can make a text read otherwise than it is stored; and the two that no XML can hold:
# one in a title would break every feed and workbook that shows it.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
LONGEST_SEARCH = 100
VARIANTS = {"髙": "高", "﨑": "崎", "檮": "梼", "惠": "恵", "邊": "辺", "邉": "辺"}
"""Kanji of names and the form under which :func:`fold` compares them."""

_FOLDED = str.maketrans(VARIANTS)


def forbidden_character(text: str) -> str | None:
    """The first character that must not be stored, as ``U+0007``, or None."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def without_forbidden(text: str) -> str:
    """``text`` without characters that must not be stored (for file names)."""
    return _FORBIDDEN.sub("", text)


def unify_newlines(text: str) -> str:
    """Line ends as a browser sends them (CR LF) and as old files have them (CR) become LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def words_of(text: str) -> str:
    """What was typed into a search box or an address, as it may be handed to the database:
    folded, without characters that no column can hold, at most LONGEST_SEARCH of them.
    """
    return fold(without_forbidden(text)).replace("\n", " ").strip()[:LONGEST_SEARCH]


def fold(text: str) -> str:
    """``text`` for comparison in search: width (NFKC), case, and kanji variants folded."""
    return unicodedata.normalize("NFKC", text).translate(_FOLDED).casefold()
