"""From Markdown's tokens to those of a printed letter: lines, addresses, tables, numbers."""

import re
from collections.abc import Iterator
from itertools import takewhile

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notices.body.lines import as_printed

MOST_BLANK_LINES = 10
MOST_COLUMNS = 8
"""Of a table that A4 holds in the type of the letter."""
# Only what an address is made of (RFC 3986), so that it ends where Japanese goes on.
_ADDRESS = re.compile(r"(https?://[\w.~:/?#\[\]@!$&'()*+,;=%-]*[\w/~=&#%-])", re.ASCII)


def keep_lines(state: StateCore) -> None:
    """Each line of a paragraph becomes a part of its own, with its indent as it was typed."""
    source = state.src.split("\n")
    kept: list[Token] = []
    for token in state.tokens:
        if token.type == "inline" and kept and kept[-1].type == "paragraph_open":
            kept += _lines(token, source)
        else:
            kept.append(token)
    state.tokens = kept


def _lines(paragraph: Token, source: list[str]) -> Iterator[Token]:
    """The lines, after the blank ones beyond the one that parts two paragraphs."""
    texts = paragraph.content.split("\n")
    if paragraph.level == 1 and paragraph.map:
        first, end = paragraph.map
        texts = source[first:end]
        for _ in range(_blank_lines_before(first, source) - 1):
            yield Token("blank_line", "br", 0)
    for text, classes in map(as_printed, texts):
        yield Token("line_open", "span", 1, attrs={"class": classes})
        yield Token("inline", "", 0, content=text, children=[], level=paragraph.level)
        yield Token("line_close", "span", -1)


def _blank_lines_before(first: int, source: list[str]) -> int:
    above = first
    while above > 0 and not source[above - 1].strip():
        above -= 1
    return min(first - above, MOST_BLANK_LINES) if above else 0


def link_addresses(state: StateCore) -> None:
    """An address that was typed as it is becomes a link to itself."""
    for token in state.tokens:
        if token.children:
            token.children = list(_linked(token.children))


def _linked(children: list[Token]) -> Iterator[Token]:
    depth = 0
    for child in children:
        depth += child.nesting if child.tag == "a" else 0
        if depth or child.type != "text":
            yield child
            continue
        for position, text in enumerate(_ADDRESS.split(child.content)):
            yield from _link(text) if position % 2 else [Token("text", "", 0, content=text)]


def _link(address: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address, "class": "address"})
    yield Token("text", "", 0, content=address)
    yield Token("link_close", "a", -1)


def dress(state: StateCore) -> None:
    """Tables that scroll by themselves, numbers that stay as typed."""
    dressed: list[Token] = []
    for position, token in enumerate(state.tokens):
        if token.type == "table_open":
            dressed.append(_frame(_columns(state.tokens[position:])))
        if token.tag in ("th", "td"):
            _dress_cell(token, empty=not state.tokens[position + token.nesting].content)
        elif token.type == "list_item_open" and token.info:
            token.attrs = {"value": token.info}
        elif token.type == "ordered_list_open":
            token.attrs = {"class": "paren"} if token.markup == ")" else {}
        dressed.append(token)
        if token.type == "table_close":
            dressed.append(Token("frame_close", "div", -1, block=True))
    state.tokens = dressed


def _columns(table: list[Token]) -> int:
    heads = takewhile(lambda token: token.type != "thead_close", table)
    return sum(token.type == "th_open" for token in heads)


def _frame(columns: int) -> Token:
    attributes: dict[str, str | int | float] = {
        "class": "letter-table wide" if columns > MOST_COLUMNS else "letter-table",
        "role": "group",
        "aria-label": "表",
        "tabindex": "0",
    }
    return Token("frame_open", "div", 1, attrs=attributes, block=True)


def _dress_cell(cell: Token, *, empty: bool) -> None:
    """Alignment by class: the content security policy forbids styles in the page.

    A corner without words is no heading of anything.
    """
    style = str(cell.attrs.pop("style", ""))
    if cell.tag == "th" and empty:
        cell.tag = "td"
    if cell.nesting == 1:
        classes = {"text-align:right": "end", "text-align:center": "centre"}
        found = classes.get(style)
        cell.attrs = {
            **({"class": found} if found else {}),
            **({"scope": "col"} if cell.tag == "th" else {}),
        }
