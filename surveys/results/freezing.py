"""From counts to what may leave the division: everything small is taken out here, for good."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Final

from surveys.compilation.groups import KIND, PREFECTURE
from surveys.questionnaire import ValueKind
from surveys.results.counting import Count, Counted, CountedColumn
from surveys.results.frozen import (
    Answers,
    Head,
    ReleasedColumn,
    ReleasedGroup,
    ReleasedSection,
    Results,
    Shown,
)
from surveys.results.suppression import (
    hidden_in_division,
    hidden_parts,
    may_show_median,
    may_show_quartiles,
)

NOTHING: Final = Shown(None)
Hidden = dict[str, frozenset[int]]


def frozen(counted: Counted, smallest: int) -> Results:
    """The results with every count that is hidden left out, by the rule of
    :mod:`surveys.results.suppression` with ``smallest`` as its bound.
    """
    hidden = {
        name: hidden_parts([size for _, size in groups], smallest)
        for name, groups in counted.groups.items()
    }
    section_by_question = counted.questionnaire.section_by_question
    by_section = groupby(
        counted.columns, key=lambda each: section_by_question[each.column.field.question.id].id
    )
    titles = {section.id: section.title for section in counted.questionnaire.sections}
    sections = tuple(
        ReleasedSection(
            key, titles[key], tuple(_column(each, counted, hidden, smallest) for each in columns)
        )
        for key, columns in by_section
    )
    head = Head(
        counted.taken_at,
        counted.asked,
        counted.handed_in,
        smallest,
        _groups(counted, hidden, KIND),
        _groups(counted, hidden, PREFECTURE),
        tuple((each.id, each.title) for each in sections),
    )
    return Results(head, sections)


def _groups(counted: Counted, hidden: Hidden, division: str) -> tuple[ReleasedGroup, ...]:
    return tuple(
        ReleasedGroup(name, None if place in hidden[division] else size)
        for place, (name, size) in enumerate(counted.groups[division])
    )


def _column(each: CountedColumn, counted: Counted, hidden: Hidden, smallest: int) -> ReleasedColumn:
    field = each.column.field
    safe = _Safe(each, counted, hidden, smallest)
    return ReleasedColumn(
        key=each.column.key,
        question=field.question.id,
        question_label=field.question.label,
        label=each.column.label,
        unit=field.unit,
        answers=_answers(each),
        options=each.options,
        nation=safe.nation(),
        kinds=safe.division(KIND),
        prefectures=safe.division(PREFECTURE),
    )


def _answers(each: CountedColumn) -> Answers:
    if each.column.field.kind is ValueKind.NUMBER:
        return Answers.NUMBER
    return Answers.SEVERAL if each.column.field.kind is ValueKind.CHOICES else Answers.ONE


class _Safe:
    """One column made safe.

    Where one option is chosen, options and those without an answer make up the group; of several
    that may be chosen, each is looked at beside all who did not choose it, and beside those of
    them who answered: how many these are follows from the two counts that are printed.
    """

    def __init__(
        self, each: CountedColumn, counted: Counted, hidden: Hidden, smallest: int
    ) -> None:
        self._each, self._hidden, self._smallest = each, hidden, smallest
        self._everybody = counted.handed_in
        self._sizes = {
            name: [size for _, size in groups] for name, groups in counted.groups.items()
        }

    def nation(self) -> Shown:
        """The nation's figures."""
        count = self._each.nation
        hidden = {
            (part, place)
            for part, parts in enumerate(self._parts(count, self._everybody))
            for place in hidden_parts(parts, self._smallest)
        }
        return self._shown(count, hidden, rest=0)

    def division(self, name: str) -> tuple[Shown, ...]:
        """Those of each of its groups."""
        counts, sizes = self._each.divisions[name], self._sizes[name]
        total = self._parts(self._each.nation, self._everybody)
        rows = [self._parts(count, size) for count, size in zip(counts, sizes, strict=True)]
        hidden: list[set[tuple[int, int]]] = [set() for _ in counts]
        for part, parts in enumerate(total):
            table = [row[part] for row in rows]
            cells = hidden_in_division(parts, table, self._hidden[name], self._smallest)
            for row, place in cells:
                hidden[row].add((part, place))
        return tuple(
            NOTHING
            if place in self._hidden[name]
            else self._shown(count, hidden[place], rest=self._each.nation.answered - count.answered)
            for place, count in enumerate(counts)
        )

    def _parts(self, count: Count, size: int) -> list[list[int]]:
        """The sums into which a group falls, the first of which ends with those without answer."""
        unanswered = size - count.answered
        if _answers(self._each) is Answers.ONE:
            others = count.answered - sum(count.options)
            return [[*count.options, others, unanswered]]
        answered = [count.answered, unanswered]
        return [
            answered,
            *([chosen, size - chosen] for chosen in count.options),
            *([chosen, count.answered - chosen] for chosen in count.options),
        ]

    def _shown(self, count: Count, hidden: Collection[tuple[int, int]], *, rest: int) -> Shown:
        quartiles = _quartiles(count, rest, self._smallest)
        if _answers(self._each) is Answers.ONE:
            last = len(count.options) + 1
            options = [(0, place) in hidden for place in range(len(count.options))]
            answered_is_hidden = (0, last) in hidden
        else:
            away = {part for part, place in hidden if place == 0}
            size = len(count.options)
            options = [part in away or part + size in away for part in range(1, size + 1)]
            answered_is_hidden = (0, 0) in hidden or (0, 1) in hidden
        return Shown(
            None if answered_is_hidden else count.answered,
            _without(count.options, options),
            *quartiles,
        )


def _without(counts: Sequence[int], hidden: Sequence[bool]) -> tuple[int | None, ...]:
    return tuple(None if away else each for each, away in zip(counts, hidden, strict=True))


def _quartiles(count: Count, rest: int, smallest: int) -> tuple[float | None, ...]:
    """First quartile, median, third quartile, as far as each may be shown."""
    if count.quartiles is None:
        return (None, None, None)
    lower, median, upper = count.quartiles
    sides = may_show_quartiles(count.answered, rest, smallest)
    middle = may_show_median(count.answered, rest, smallest)
    return (lower if sides else None, median if middle else None, upper if sides else None)
