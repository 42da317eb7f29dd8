"""One question counted in each group, and in all: by the same steps as the sheet 集計."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.analysis.asked import Asked
from surveys.analysis.offered import Offered
from surveys.analysis.reading import Read, read
from surveys.analysis.splitting import Split, by_answer, by_attribute
from surveys.compilation.columns import AnswerColumn
from surveys.compilation.groups import Group
from surveys.compilation.statistics import Figures, figures
from surveys.compilation.tallies import Mark, Tally, picker
from surveys.models import Survey
from surveys.questionnaire import ValueKind

EVERYBODY = "全体"


@dataclass(frozen=True, slots=True)
class Counted:
    """One group: how many handed in, and how they stand; blank, 該当なし and 対象外 are three
    different things. ``chosen`` by option, empty for what is not chosen; ``figures`` of numbers.
    """

    name: str
    handed_in: int
    answered: int
    blank: int
    none: int
    not_applicable: int
    chosen: Mapping[str, int]
    figures: Figures | None

    def share(self, option: str) -> float | None:
        """The part of those who answered that chose the option; None where nobody answered."""
        return self.chosen[option] / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Analysis:
    """``groups`` are empty without a ``split``; ``whole`` is everybody who handed in."""

    column: AnswerColumn
    options: tuple[str, ...]
    split: Split | None
    groups: list[Counted]
    whole: Counted

    @property
    def is_number(self) -> bool:
        """Whether it has figures rather than options."""
        return self.column.field.kind is ValueKind.NUMBER


def analysed(survey: Survey, offered: Offered, asked: Asked) -> Analysis:
    """The question counted as asked: one query."""
    columns = [asked.column]
    if asked.by_question:
        columns.append(offered.columns[asked.by_question])
    found = read(survey, offered.questionnaire, columns, only_accepted=asked.only_accepted)
    tally = Tally(asked.column)
    tally.extend(found.cells[0])
    split = _split(asked, columns, found)
    everybody = Group(EVERYBODY, list(range(len(found.rows))))
    return Analysis(
        asked.column,
        tally.options,
        split,
        [_counted(tally, group) for group in split.groups] if split else [],
        _counted(tally, everybody),
    )


def _split(asked: Asked, columns: Sequence[AnswerColumn], found: Read) -> Split | None:
    if asked.by_question:
        return by_answer(columns[1], found.cells[1])
    return by_attribute(asked.by, found.rows) if asked.by else None


def _counted(tally: Tally, group: Group) -> Counted:
    if not group.members:
        return Counted(group.name, 0, 0, 0, 0, 0, dict.fromkeys(tally.options, 0), None)
    pick = picker(group.members)
    marks = tally.marked(pick)
    return Counted(
        group.name,
        len(group.members),
        marks[Mark.ANSWERED],
        marks[Mark.BLANK],
        marks[Mark.NONE],
        marks[Mark.NOT_APPLICABLE],
        tally.chosen(pick) if tally.options else {},
        figures(tally.numbers(pick)),
    )
