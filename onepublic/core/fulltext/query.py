"""What a person typed into a search box, as terms. Nothing that can be typed is an error.

``予防接種 市町村`` asks for both; ``"定期の予防接種"`` and ``「定期の予防接種」`` are phrases,
which may hold spaces; ``-乳児`` or ``－乳児`` must not be there. MOST_TERMS terms count.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from onepublic.core.fulltext.folding import folded, in_other_digits
from onepublic.core.fulltext.grams import asked_for
from onepublic.core.text import unify_newlines, without_forbidden

LONGEST = 200
MOST_TERMS = 10
_QUOTES = str.maketrans("“”＂„‟″", '""""""')
_TERM = re.compile(
    r"(?:(?<=\s)|^)(?P<minus>[-－−‐])?"
    r'(?:"(?P<quoted>[^"]*)"?|「(?P<cornered>[^」]*)」?|(?P<plain>[^\s"「]+))'
    r'|"(?P<quoted_on>[^"]*)"?|「(?P<cornered_on>[^」]*)」?|(?P<plain_on>[^\s"「]+)'
)


@dataclass(frozen=True, slots=True)
class Term:
    """Folded ways to write one term; any of them will do."""

    ways: tuple[str, ...]

    @property
    def asked_for(self) -> str:
        """The ``tsquery`` that every text with the term fits."""
        return "|".join(f"({asked_for(way)})" for way in self.ways)

    @property
    def is_decided_by_index(self) -> bool:
        """Whether every text that fits the ``tsquery`` holds the term."""
        return all(len(way) <= 2 for way in self.ways)

    def stands_in(self, text: str) -> bool:
        """Whether the folded text holds it."""
        return any(way in text for way in self.ways)


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be there, and terms that must not."""

    typed: str
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for; an exclusion alone is nothing."""
        return bool(self.wanted)

    @property
    def candidates(self) -> str:
        """The ``tsquery`` of which the hits are a part."""
        return self._tsquery(lambda term: term.is_decided_by_index)

    @property
    def estimate(self) -> str:
        """The ``tsquery`` that comes closest to the hits, a little above or below."""
        return self._tsquery(lambda _: True)

    @property
    def to_verify(self) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
        """The wanted and the unwanted terms that the index does not decide."""
        return tuple(_undecided(self.wanted)), tuple(_undecided(self.unwanted))

    @property
    def needles(self) -> tuple[str, ...]:
        """Every way to write a wanted term, for marking."""
        return tuple(way for term in self.wanted for way in term.ways)

    def fits(self, text: str) -> bool:
        """Whether the folded text is a hit."""
        return all(term.stands_in(text) for term in self.wanted) and not any(
            term.stands_in(text) for term in self.unwanted
        )

    def _tsquery(self, excluded: Callable[[Term], bool]) -> str:
        parts = [f"({term.asked_for})" for term in self.wanted]
        parts += [f"!({term.asked_for})" for term in self.unwanted if excluded(term)]
        return "&".join(parts)


def parse(text: str) -> Query:
    """What the text asks for; never raises."""
    typed = without_forbidden(unify_newlines(text).replace("\n", " "))[:LONGEST].strip()
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    for found in _TERM.finditer(typed.translate(_QUOTES)):
        term = folded(found.group(found.lastgroup or 0))
        if term.strip("-") and len(wanted) + len(unwanted) < MOST_TERMS:
            place = unwanted if found.group("minus") else wanted
            place[Term(in_other_digits(term))] = None
    return Query(typed, tuple(wanted), tuple(unwanted))


def _undecided(terms: tuple[Term, ...]) -> list[Term]:
    return [term for term in terms if not term.is_decided_by_index]
