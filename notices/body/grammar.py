"""Which Markdown a notice may use: headings, lists, tables, links, ``**strong**``, nothing else.

An official letter lives by its lines and full-width indents, so every line stays a line of its
own, and signs that mean something elsewhere (indented code, ``_``, a single ``*``, ``---``, ``>``)
stay the signs that they are.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from notices.body import outline, printed

DEEPEST = 20
MOST_CELLS = 20_000
"""A table that could fill up to more, with its columns in every line below, stays text."""
_ALLOWED = ["heading", "list", "table", "link", "escape", "emphasis"]
_LINK_SCHEMES = ("http://", "https://", "mailto:")


class LetterMarkdown(MarkdownIt):
    """Markdown whose links lead to web pages and mailboxes only, by their full address."""

    def validateLink(self, url: str) -> bool:
        """Whether a link may lead there; otherwise its text stays as it was typed."""
        return url.lower().startswith(_LINK_SCHEMES)


def parser() -> LetterMarkdown:
    """A parser of the dialect; its tokens are as printed, see :mod:`notices.body.printed`."""
    made = LetterMarkdown("zero", {"html": False, "maxNesting": DEEPEST})
    made.enable(_ALLOWED)
    made.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    made.inline.ruler.at("emphasis", _strong)
    made.inline.ruler.push("cell_break", _cell_break)
    made.core.ruler.after("block", "lines", printed.keep_lines)
    made.core.ruler.after("lines", "outline", outline.nest_headings)
    made.core.ruler.push("addresses", printed.link_addresses)
    made.core.ruler.push("parts", printed.dress)
    return made


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, unless it were too large: markdown-it fills short rows up to all their columns, so
    that a body of one wide heading and thousands of short lines would take seconds.
    """
    heading = state.src[state.bMarks[start] : state.eMarks[start]]
    return heading.count("|") * (end - start) <= MOST_CELLS and table(state, start, end, silent)


def _strong(state: StateInline, silent: bool) -> bool:
    """``**…**`` between anything but spaces.

    CommonMark's own rule wants a space or a bracket in places where Japanese has neither:
    ``**「重要」**である`` would keep its asterisks.
    """
    if silent or state.src[state.pos] != "*":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    if end - state.pos != 2:
        state.pending += state.src[state.pos : end]
    else:
        _mark(state, before=state.src[: state.pos][-1:], after=state.src[end : end + 1])
    state.pos = end
    return True


def _mark(state: StateInline, *, before: str, after: str) -> None:
    """Two asterisks that may open or close, as markdown-it's own pairing expects them."""
    for _ in range(2):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=2,
                token=len(state.tokens) - 1,
                end=-1,
                open=bool(after.strip()),
                close=bool(before.strip()),
            )
        )


def _cell_break(state: StateInline, silent: bool) -> bool:
    """``<br>``, the only way to a new line inside a cell."""
    if not state.src.startswith("<br>", state.pos):
        return False
    if not silent:
        state.push("cell_break", "br", 0)
    state.pos += len("<br>")
    return True
