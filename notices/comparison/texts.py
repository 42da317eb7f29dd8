"""Two texts side by side: which lines went, came or changed, and where inside a line.

Japanese has no spaces between words: inside a line the units are runs of digits, of Latin
letters and of katakana, and every other character by itself.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "removed", "added", "changed", "gap"]
Opcode = tuple[str, int, int, int, int]

CONTEXT = 2
"""Unchanged lines that are shown before and after a change; the rest collapses into a gap."""
MOST_STEPS = 60_000_000
"""What one comparison may cost, as :class:`_Budget` counts it: some two seconds at the very worst.
What is beyond is told apart as wholes: nobody could read it as a comparison either."""
_UNITS = re.compile(r"[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヴー]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: ``same``, ``removed`` or ``added``."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the comparison, in ``pieces``; a ``gap`` stands for ``hidden`` unchanged lines."""

    kind: Kind
    pieces: tuple[Piece, ...] = ()
    hidden: int = 0


class _Budget:
    """What a comparison may still cost. The time of difflib grows with the pairs of equal units and
    with how often it begins anew, which is at worst at each unit: 900 paragraphs with a blank line
    between them, all of them changed, take it half a minute.
    """

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def affords(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether the two may be compared; what they cost is spent then."""
        theirs = Counter(new)
        pairs = sum(count * theirs[unit] for unit, count in Counter(old).items())
        steps = pairs * min(len(old), len(new))
        if steps > self.left:
            return False
        self.left -= steps
        return True


def compare_texts(old: str, new: str, *, context: int | None = CONTEXT) -> list[Row]:
    """The rows of the comparison by line; empty when the texts are the same.

    Reading all pieces but the added ones gives ``old``, all but the removed ones ``new``, as
    long as nothing is hidden: ``context=None`` hides nothing.
    """
    if old == new:
        return []
    rows = list(_rows(old.split("\n"), new.split("\n"), _Budget()))
    return rows if context is None else list(_collapsed(rows, context))


def compare_lines(old: str, new: str, budget: _Budget | None = None) -> tuple[Piece, ...]:
    """The pieces of a line that changed; single characters left between two changes join them,
    because nobody reads 「第二条」 → 「第三項」 as a character kept in the middle.
    """
    before, after = _UNITS.findall(old), _UNITS.findall(new)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in _joined(_opcodes(before, after, budget or _Budget()), before):
        removed, added = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            pieces.append(Piece("same", removed))
        else:
            pieces += [Piece("removed", removed)] if removed else []
            pieces += [Piece("added", added)] if added else []
    return tuple(pieces)


def _rows(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[Row]:
    for tag, i1, i2, j1, j2 in _opcodes(before, after, budget):
        if tag == "equal":
            yield from (Row("same", (Piece("same", line),)) for line in before[i1:i2])
            continue
        pairs = min(i2 - i1, j2 - j1)
        for old, new in zip(before[i1 : i1 + pairs], after[j1 : j1 + pairs], strict=True):
            yield from _replaced(old, new, budget)
        yield from (Row("removed", (Piece("removed", line),)) for line in before[i1 + pairs : i2])
        yield from (Row("added", (Piece("added", line),)) for line in after[j1 + pairs : j2])


def _replaced(old: str, new: str, budget: _Budget) -> Iterator[Row]:
    """One changed line, or two when they have hardly anything in common."""
    pieces = compare_lines(old, new, budget)
    kept = sum(len(piece.text) for piece in pieces if piece.kind == "same")
    if kept * 3 >= max(len(old), len(new)):
        yield Row("changed", pieces)
        return
    yield Row("removed", (Piece("removed", old),))
    yield Row("added", (Piece("added", new),))


def _opcodes(before: Sequence[str], after: Sequence[str], budget: _Budget) -> list[Opcode]:
    """What difflib says of the part between what both have at their beginning and end."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    inner: list[Opcode] = [("replace", 0, len(old), 0, len(new))] if old or new else []
    if budget.affords(old, new):
        inner = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    shifted = [(t, a + start, b + start, c + start, d + start) for t, a, b, c, d in inner]
    head: list[Opcode] = [("equal", 0, start, 0, start)] if start else []
    tail: list[Opcode] = (
        [("equal", len(before) - end, len(before), len(after) - end, len(after))] if end else []
    )
    return [*head, *shifted, *tail]


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = enumerate(zip(before, after, strict=False))
    shorter = min(len(before), len(after))
    return next((place for place, (old, new) in pairs if old != new), shorter)


def _joined(opcodes: Sequence[Opcode], before: Sequence[str]) -> Iterator[Opcode]:
    held: Opcode | None = None
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        between = 0 < number < len(opcodes) - 1
        short = tag == "equal" and between and len("".join(before[i1:i2])) < 2
        if tag == "equal" and not short:
            if held:
                yield held
                held = None
            yield tag, i1, i2, j1, j2
        else:
            held = ("replace", held[1], i2, held[3], j2) if held else ("replace", i1, i2, j1, j2)
    if held:
        yield held


def _collapsed(rows: Sequence[Row], context: int) -> Iterator[Row]:
    changes = [place for place, row in enumerate(rows) if row.kind != "same"]
    near = {p for c in changes for p in range(c - context, c + context + 1)}
    hidden = 0
    for place, row in enumerate(rows):
        if place not in near:
            hidden += 1
            continue
        if hidden:
            yield Row("gap", hidden=hidden)
            hidden = 0
        yield row
    if hidden:
        yield Row("gap", hidden=hidden)
