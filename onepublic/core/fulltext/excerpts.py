"""Where the terms stand in a text as it was written: marked, with what is around them."""

from collections.abc import Iterator, Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from onepublic.core.fulltext.folding import folded, folded_with_places

AROUND = 60
_CHUNK = 4_000
_OVERLAP = 400
Span = tuple[int, int]


def marked(text: str, needles: Sequence[str]) -> SafeString:
    """The whole text, escaped, with every needle (folded) in ``<mark>``."""
    return _html(text, spans(text, needles), 0, len(text))


def excerpt(text: str, needles: Sequence[str]) -> SafeString:
    """The first place in the text with a needle, escaped and marked, AROUND characters to each
    side; empty when there is none. A long text is searched piece by piece.
    """
    for chunk in _chunks(text):
        plain = folded(chunk)
        if any(needle in plain for needle in needles):
            return _window(" ".join(chunk.split()), needles)
    return SafeString("")


def spans(text: str, needles: Sequence[str]) -> list[Span]:
    """Where the needles stand in ``text``: from and to, in order and apart from each other."""
    plain, places = folded_with_places(text)
    found = sorted(
        (places[start], _end(places, start + len(needle)))
        for needle in needles
        for start in _starts(plain, needle)
    )
    return _merged(found)


def _window(text: str, needles: Sequence[str]) -> SafeString:
    hits = spans(text, needles)
    start = max(hits[0][0] - AROUND // 2, 0)
    end = min(max(hits[0][1], start + 2 * AROUND), len(text))
    inside = _html(text, [hit for hit in hits if hit[1] <= end], start, end)
    return format_html("{}{}{}", "…" if start else "", inside, "…" if end < len(text) else "")


def _html(text: str, hits: Sequence[Span], start: int, end: int) -> SafeString:
    parts: list[str] = []
    for opens, closes in hits:
        parts += [escape(text[start:opens]), "<mark>", escape(text[opens:closes]), "</mark>"]
        start = closes
    return mark_safe("".join([*parts, escape(text[start:end])]))  # noqa: S308 - each part is escaped


def _chunks(text: str) -> Iterator[str]:
    for start in range(0, max(len(text), 1), _CHUNK - _OVERLAP):
        yield text[start : start + _CHUNK]


def _starts(plain: str, needle: str) -> Iterator[int]:
    place = plain.find(needle)
    while place >= 0:
        yield place
        place = plain.find(needle, place + len(needle))


def _end(places: Sequence[int], stop: int) -> int:
    """Where the character that ends at ``stop`` ends in the text: one may fold to several."""
    last = places[stop - 1]
    while places[stop] == last:
        stop += 1
    return places[stop]


def _merged(found: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
