"""The mail about notices: a pointer to a page, never its content; one file a theme.

``notices.apps`` loads the files that register a kind.
"""
