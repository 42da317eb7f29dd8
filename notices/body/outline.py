"""Headings of a body below the heading of its page, without gaps."""

from markdown_it.rules_core import StateCore

TOP = 2
LOWEST = 6


def nest_headings(state: StateCore) -> None:
    """Number headings by their depth, from ``env["top"]`` on: whoever begins with ``###`` or
    leaves a level out still gives a page that screen readers can walk through.
    """
    above: list[int] = []
    depth = 0
    for token in state.tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            above = [*(one for one in above if one < level), level]
            depth = len(above)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(state.env.get('top', TOP) + depth - 1, LOWEST)}"
