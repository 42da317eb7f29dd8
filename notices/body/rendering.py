"""Body to HTML and to plain words."""

import re

import nh3
from django.utils.safestring import SafeString
from markdown_it.token import Token

from notices.body.grammar import parser
from notices.body.lines import CLASSES
from notices.body.outline import TOP

LISTS = {"ul", "ol", "li"}
TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
TAGS = {"h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "strong", "a", *LISTS, *TABLES}
_PARSER = parser()
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}, "li": {"value"}},
    tag_attribute_values={
        "div": {"role": {"group"}, "aria-label": {"表"}, "tabindex": {"0"}},
        "th": {"scope": {"col"}},
    },
    allowed_classes={
        "a": {"address"},
        "div": {"letter-table", "wide"},
        "ol": {"paren"},
        "span": CLASSES,
        "td": {"centre", "end"},
        "th": {"centre", "end"},
    },
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="noopener noreferrer",
)
_ENDS_LINE = frozenset({"line_close", "heading_close", "paragraph_close", "tr_close"})
_MANY_LINES = re.compile(r"\n{3,}")


def render(text: str, *, top: int = TOP) -> SafeString:
    """The body as HTML that may stand in a page; its highest headings are ``h<top>``.

    Whatever was typed, only :data:`TAGS` without scripts, styles and foreign addresses come out:
    the parser knows no HTML, and the sanitiser looks again at what it wrote.
    """
    return SafeString(_CLEANER.clean(_PARSER.render(text, {"top": top})))


def plain(text: str) -> str:
    """The words of a body, line by line, without the signs of Markdown."""
    words = "".join(_words(token) for token in _PARSER.parse(text))
    return _MANY_LINES.sub("\n\n", words.replace(" \n", "\n")).strip("\n")


def _words(token: Token) -> str:
    if token.type == "list_item_open":
        return f"{token.info}{token.markup} " if token.info else "・"
    if token.tag in ("td", "th") and token.nesting == -1:
        return " "
    if token.type in _ENDS_LINE:
        return "" if token.hidden else "\n"
    if token.type == "blank_line":
        return "\n"
    return "".join("\n" if c.tag == "br" else c.content for c in token.children or ())
