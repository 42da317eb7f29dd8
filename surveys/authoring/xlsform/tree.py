"""The rows of the survey sheet as groups within groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from surveys.authoring.finding import StepRefused
from surveys.authoring.slips import Slip
from surveys.authoring.xlsform.tables import FormRow

_BEGIN: Final = re.compile(r"begin[_ ](group|repeat)")
_END: Final = re.compile(r"end[_ ](group|repeat)")
_DEEPEST: Final = 20
_TOO_DEEP: Final = f"グループの入れ子は、{_DEEPEST}段までです。"
_UNBEGUN: Final = "対応する始まりの行がないため、無視します。"
_UNENDED: Final = "終わりの行がないため、最後の行までを範囲とします。"


@dataclass(slots=True)
class Branch:
    """A group, or a repeat, with what it holds."""

    row: FormRow
    repeats: bool
    inner: list["Node"] = field(default_factory=list)


Node: TypeAlias = FormRow | Branch


def grow(rows: Iterator[FormRow], slips: list[Slip]) -> list[Node]:
    """Return the outermost rows and groups; note groups that don't close.

    Raises StepRefused for groups that are nested too deep.
    """
    outermost: list[Node] = []
    opened: list[Branch] = []
    for row in rows:
        type_ = row.cells.get("type", "").lower()
        here = opened[-1].inner if opened else outermost
        if begun := _BEGIN.fullmatch(type_):
            if len(opened) == _DEEPEST:
                raise StepRefused(str(row.slip("type", _TOO_DEEP)))
            branch = Branch(row, begun[1] == "repeat")
            here.append(branch)
            opened.append(branch)
        elif _END.fullmatch(type_):
            if opened:
                opened.pop()
            else:
                slips.append(row.slip("type", _UNBEGUN))
        else:
            here.append(row)
    slips += [branch.row.slip("type", _UNENDED) for branch in opened]
    return outermost
