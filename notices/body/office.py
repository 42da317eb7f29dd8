"""How Word writes what HTML has names for: lists and indents, as styles of a paragraph."""

import re

from bs4 import Tag

HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)

_LEVEL = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
_NUMBER = re.compile(r"mso-list\s*:\s*Ignore", re.IGNORECASE)
_INDENT = re.compile(r"mso-char-indent-count\s*:\s*([\d.]+)", re.IGNORECASE)
# Signs of the fonts Symbol and Wingdings arrive as the letters at their places.
_BULLET = re.compile(r"[a-zA-ZØü§·•●○■□◆◇➢✓\uf000-\uf0ff-]")
_PLAIN_NUMBER = re.compile(r"[0-9]{1,9}[.)]")
DEEPER = "   "
WIDEST_INDENT = 10


def beginning_of(paragraph: Tag) -> str:
    """What the line of the paragraph begins with: an indent, or the mark of a list.

    A number in Japanese style stays as it was printed (``（１）``, ``ア``); ``1.`` and bullets
    become those of Markdown. Takes the number out of the paragraph.
    """
    style = str(paragraph.get("style", ""))
    number = paragraph.find(style=_NUMBER)
    level = _LEVEL.search(style)
    if number is None or level is None:
        return _indent(style)
    mark = number.extract().get_text().strip()
    depth = int(level[1]) - 1
    if _BULLET.fullmatch(mark):
        return f"{DEEPER * depth}- "
    if _PLAIN_NUMBER.fullmatch(mark):
        return f"{DEEPER * depth}{mark} "
    return f"{'　' * depth}{mark}{'' if mark.endswith(('）', ')')) else '　'}"


def _indent(style: str) -> str:
    found = _INDENT.search(style)
    try:
        return "　" * round(min(float(found[1]), WIDEST_INDENT)) if found else ""
    except ValueError:  # a count such as "1.2.3" or "."
        return ""
