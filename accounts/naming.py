"""Organizations from a list that somebody pastes: names or codes, one to a line. Nothing is
guessed: what fits none or several is given back as it was written.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import Organization
from accounts.states import Level
from onepublic.core.text import fold, unify_newlines

MOST_LINES = 2_000
_BETWEEN_CELLS = re.compile(r"[\t,，;；]")
_BETWEEN_NAMES = re.compile(r"[、\n]")
_SPACES = re.compile(r"\s+")
_CODE = re.compile(r"[0-9a-z-]{1,20}")


@dataclass(frozen=True, slots=True)
class Pasted:
    """``found`` in the order of the list, each once; ``unknown`` as written; ``ambiguous``: as
    written, with the full names of those that it may mean.
    """

    found: list[Organization] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    ambiguous: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def unresolved(self) -> list[str]:
        """The lines that somebody has to look at."""
        return [*self.unknown, *(written for written, _ in self.ambiguous)]


def organizations_in(text: str) -> Pasted:
    """The organizations in force that the lines of ``text`` name, by one query.

    A line is a code, a name (``札幌市``), a name behind its prefecture (``北海道札幌市``), or cells
    of a sheet that hold these (code and name, or prefecture and name). Names in one line may be
    separated by 「、」. Raises ValueError for more than MOST_LINES entries.
    """
    entries = [entry.strip() for entry in _BETWEEN_NAMES.split(unify_newlines(text))]
    entries = [entry for entry in entries if entry]
    if len(entries) > MOST_LINES:
        raise ValueError(f"{len(entries)} entries, at most {MOST_LINES}")
    known = _by_name_and_code()
    pasted, seen = Pasted(), set()
    for entry in entries:
        meant = _meant(entry, known)
        if len(meant) == 1:
            if meant[0].pk not in seen:
                seen.add(meant[0].pk)
                pasted.found.append(meant[0])
        elif meant:
            pasted.ambiguous.append((entry, [one.full_name for one in meant]))
        else:
            pasted.unknown.append(entry)
    return pasted


def _by_name_and_code() -> dict[str, list[Organization]]:
    known: dict[str, list[Organization]] = defaultdict(list)
    in_force = Organization.objects.in_force().exclude(level=Level.MINISTRY)
    for organization in in_force.order_by("code"):
        for name in {organization.code, organization.name, organization.full_name}:
            known[_folded(name)].append(organization)
    return known


def _meant(entry: str, known: dict[str, list[Organization]]) -> list[Organization]:
    """A code decides; else all cells together are a name, so that 北海道｜札幌市 is not 北海道."""
    cells = [cell for cell in map(_folded, _BETWEEN_CELLS.split(entry)) if cell]
    codes = [cell for cell in cells if _CODE.fullmatch(cell)]
    names = "".join(cell for cell in cells if cell not in codes)
    if not codes:
        return known.get(names, [])
    meant = _all(known, codes)
    if not names or not meant:
        return meant
    return [one for one in meant if names in _names(one)]


def _all(known: dict[str, list[Organization]], keys: Iterable[str]) -> list[Organization]:
    return list({one.pk: one for key in keys for one in known.get(key, [])}.values())


def _names(organization: Organization) -> set[str]:
    return {_folded(organization.name), _folded(organization.full_name)}


def _folded(text: str) -> str:
    return _SPACES.sub("", fold(text))
