"""Words inside a paragraph of HTML, with what Markdown has for them: strong ones and links."""

import re
from collections.abc import Iterable

from bs4.element import NavigableString, PageElement, Tag

_SPACES = re.compile("[ \t\r\n\f\u00a0]+")
_BRACKETS = re.compile(r"([\[\]])")
_STRONG = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
# The end of a line of the file, between two Japanese characters, is no space of the text
# (CSS Text 3, 4.1.3).
_JAPANESE = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uff60]"
_WRAPPED = re.compile(f"(?<={_JAPANESE})[ \t]*\r?\n[ \t]*(?={_JAPANESE})")


def words_of(elements: Iterable[PageElement]) -> str:
    """The words; a ``br`` is a line end, every other run of ASCII spaces is one space."""
    text = "".join(map(_words, elements)).replace("****", "")
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")


def _words(element: PageElement) -> str:
    if isinstance(element, NavigableString):
        return _SPACES.sub(" ", _WRAPPED.sub("", element))
    if not isinstance(element, Tag):
        return ""
    if element.name == "br":
        return "\n"
    text = "".join(map(_words, element.children))
    if _is_strong(element):
        return "\n".join(map(_strong, text.split("\n")))
    return _link(text, str(element["href"])) if element.get("href") else text


def _is_strong(element: Tag) -> bool:
    style = str(element.get("style", ""))
    if element.name in ("b", "strong"):
        return not _LIGHT.search(style)
    return bool(_STRONG.search(style))


def _strong(line: str) -> str:
    """The line between asterisks, which must touch its words."""
    words = line.strip().replace("**", "")
    if not words:
        return line
    before, _, after = line.replace("**", "").partition(words)
    return f"{before}**{words}**{after}"


def _link(text: str, address: str) -> str:
    words = text.strip()
    if not words or words == address or "\n" in words:
        return text if words else ""
    escaped = _BRACKETS.sub(r"\\\1", words)
    return f"[{escaped}](<{address}>)"
