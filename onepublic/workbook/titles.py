"""Sheet titles that Excel accepts."""

import re
import unicodedata

from onepublic.workbook.text import fit_text, visible_text

LONGEST_TITLE = 31
# Japanese Excel refuses the wide forms as well
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\n\t\u2019＇＊／：？［＼］￥]")
_RESERVED = frozenset({"history", "履歴"})  # Excel keeps them for its own change log
_UNTITLED = "シート"


class SheetTitles:
    """Hands out titles, each of which one workbook can hold only once."""

    def __init__(self) -> None:
        self._taken = set(_RESERVED)

    def take(self, wanted: str) -> str:
        """`wanted` made acceptable, with a number behind it when it is already taken."""
        clean = _FORBIDDEN.sub("_", visible_text(wanted)).strip() or _UNTITLED
        title = fit_text(clean, LONGEST_TITLE, "…")
        number = 1
        while _folded(title) in self._taken:
            number += 1
            suffix = f" ({number})"
            title = fit_text(clean, LONGEST_TITLE - len(suffix), "…") + suffix
        self._taken.add(_folded(title))
        return title


def _folded(title: str) -> str:
    """Titles that differ only in case or width are the same to Excel."""
    return unicodedata.normalize("NFKC", title).casefold()
