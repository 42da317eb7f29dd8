"""What was copied from Word, Excel, LibreOffice or a page, as the text that a notice is made of.

A paragraph becomes a line, as in the documents that officials copy from; lists and tables become
those of :mod:`notices.body.grammar`; colours, fonts and pictures stay behind.
"""

import re

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from notices.body.office import DEEPER, HIDDEN, beginning_of
from notices.body.tables import table_text
from notices.body.words import words_of

LONGEST = 1_000_000
"""Characters of HTML that are cleaned: Word writes some forty for each that it shows."""
MOST_TAGS = 30_000
"""More than any document holds that a body could take in."""
DEEPEST = 5_000
"""Nesting beyond it would keep the cleaner busy for seconds."""
DEEPEST_BLOCKS = 200
"""What is nested deeper, deeper than any document, is read as words alone."""
LONGEST_CLEAN = 200_000
"""Characters that may be left of them: ten times what a body holds."""

_LISTS = ["ul", "ol"]
_BLOCKS = ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "table", *_LISTS]
_CELLS = {"thead", "tbody", "tfoot", "tr", "th", "td"}
_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS, *_CELLS, "br", "b", "strong", "a", "span"},
    clean_content_tags={"script", "style", "title", "xml"},
    attributes={
        "a": {"href"},
        "ol": {"start"},
        **{name: {"style"} for name in ("p", "li", "div", "span", "b", "strong", "tr")},
        **{name: {"colspan", "rowspan", "style"} for name in ("td", "th")},
    },
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*?(/?)>")
# Tags that are never closed, or need not be: a list or a table around them counts instead.
_NEVER_CLOSED = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_NOT_NESTED = _NEVER_CLOSED | _CELLS | {"p", "li", "dd", "dt", "colgroup", "option"}
_ITEM = re.compile(r" *(?:-|[0-9]{1,9}[.)]) | +\S")
_MANY_LINES = re.compile(r"\n{3,}")


def markdown_of(html: str) -> str:
    """The text of the clipboard's HTML; empty when it holds no words or too many. Never raises.

    The result is text like any that was typed: it is cleaned again whenever it is shown.
    """
    depth = _depth(html)
    markup = _clean(html) if depth <= DEEPEST else ""
    # Of a single line that reads like a file's name or address, the parser warns; of two, never.
    soup = BeautifulSoup(f"{markup}\n", "html.parser")
    for hidden in soup.find_all(style=HIDDEN):
        hidden.extract()
    try:
        lines = _blocks(soup) if depth <= DEEPEST_BLOCKS else _words_alone(soup)
    except RecursionError:
        lines = _words_alone(soup)
    return _MANY_LINES.sub("\n\n", "\n".join(_lists_apart(lines))).strip("\n")


def _words_alone(soup: BeautifulSoup) -> list[str]:
    return soup.get_text("\n").split("\n")


def _depth(html: str) -> int:
    """How deep the tags stand in each other, roughly."""
    depth = deepest = 0
    for closing, name, is_whole in _TAG.findall(html[:LONGEST]):
        if not is_whole and name.lower() not in _NOT_NESTED:
            depth = max(depth + (-1 if closing else 1), 0)
            deepest = max(deepest, depth)
    return deepest


def _clean(html: str) -> str:
    """The HTML without what we don't read; empty when there is too much of it."""
    if len(html) > LONGEST or html.count("<") > MOST_TAGS:
        return ""
    clean = _CLEANER.clean(html)
    return clean if len(clean) <= LONGEST_CLEAN else ""


def _blocks(parent: Tag) -> list[str]:
    """The lines of what stands in the element; words between its blocks are lines too."""
    lines: list[str] = []
    loose: list[PageElement] = []
    for child in parent.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS)):
            lines += [*_loose_lines(loose), *_block(child)]
            loose = []
        else:
            loose.append(child)
    return lines + _loose_lines(loose)


def _loose_lines(elements: list[PageElement]) -> list[str]:
    text = words_of(elements)
    return text.split("\n") if text.strip() else []


def _block(element: Tag) -> list[str]:
    if element.name == "table":
        return ["", *table_text(element, cell=_cell), ""]
    if element.name in _LISTS:
        return _items(element)
    if element.find(_BLOCKS):
        return _blocks(element)
    beginning = beginning_of(element)
    text = words_of(element.children)
    if element.name[0] == "h":
        return ["", f"{'#' * min(int(element.name[1]), 3)} {text.replace(chr(10), ' ')}", ""]
    first, *more = text.split("\n")
    return [beginning + first if first else "", *more]


def _items(items: Tag) -> list[str]:
    start = str(items.get("start", "1"))
    number = int(start) if start.isascii() and start.isdecimal() and len(start) < 9 else 1
    lines: list[str] = []
    for item in items.find_all(["li", *_LISTS], recursive=False):
        if item.name in _LISTS:  # a list right inside a list, as Word for the web writes it
            lines += [DEEPER + line for line in _items(item)]
            continue
        first, *more = [line for line in _blocks(item) if line.strip()] or [""]
        lines.append(f"- {first}" if items.name == "ul" else f"{number}. {first}")
        lines += [DEEPER + line for line in more]
        number += 1
    return lines


def _cell(cell: Tag) -> str:
    """The words of a cell on one line, as a table of Markdown needs them."""
    lines = [line.strip() for line in _blocks(cell)]
    return "<br>".join(line for line in lines if line).replace("|", "\\|")


def _lists_apart(lines: list[str]) -> list[str]:
    """A blank line wherever a list begins or ends: without it a line would join the list's."""
    apart: list[str] = []
    for line in lines:
        before = apart[-1] if apart else ""
        if line and before and bool(_ITEM.match(line)) != bool(_ITEM.match(before)):
            apart.append("")
        apart.append(line)
    return apart
