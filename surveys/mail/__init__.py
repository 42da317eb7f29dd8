"""The mail about surveys: a pointer to a page, never an answer; one file a theme.

``surveys.apps`` loads the files that register a kind.
"""
