"""The text of a notice: a small Markdown that leaves what officials have always typed as it is.

``render`` gives HTML for a page, ``plain`` the words alone. Both accept any text and never raise.
"""

from notices.body.rendering import plain, render

__all__ = ["plain", "render"]
