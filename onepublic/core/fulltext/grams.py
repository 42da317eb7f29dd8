"""Texts as bigrams, the lexemes of the index, and what the index is asked.

PostgreSQL's own parser sees no words in Japanese. Every two neighbouring characters are a lexeme
instead, and the last one of a text alone, so that a single character is a prefix of something.
"""

from collections.abc import Iterable
from itertools import pairwise

MOST_LEXEMES = 100_000
"""More would not fit a tsvector (1 MB); no natural text comes near."""


def lexemes(texts: Iterable[str]) -> set[str]:
    """The bigrams of folded texts, and their last characters."""
    found: set[str] = set()
    for text in texts:
        found.update(map("".join, pairwise(text)))
        found.update(text[-1:])
        if len(found) > MOST_LEXEMES:
            return set(sorted(found)[:MOST_LEXEMES])
    return found


def asked_for(term: str) -> str:
    """The ``tsquery`` that a text holding the folded ``term`` fits.

    It decides alone for one and two characters. A longer term is there only when its bigrams
    also stand in its order, which the index does not know.
    """
    if len(term) == 1:
        return f"{_quoted(term)}:*"
    return "&".join(map(_quoted, sorted(lexemes_within(term))))


def lexemes_within(term: str) -> set[str]:
    """The bigrams of a term of two characters or more."""
    return set(map("".join, pairwise(term)))


def as_vector(found: Iterable[str]) -> str:
    """The lexemes as PostgreSQL reads a ``tsvector``."""
    return " ".join(map(_quoted, sorted(found)))


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
