"""The answers handed in, counted by nation, kind and prefecture; nothing is hidden yet."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import connection
from django.db.models.functions import Now

from surveys.compilation.columns import AnswerColumn
from surveys.compilation.filling import Filled, filled
from surveys.compilation.groups import KIND, NATION, PREFECTURE, Group, Grouping
from surveys.compilation.rows import ResponseRow
from surveys.compilation.snapshot import Snapshot
from surveys.compilation.statistics import quantile
from surveys.compilation.tallies import Mark, Tally, picker
from surveys.models import QuestionnaireRevision, Survey
from surveys.questionnaire import Questionnaire, ValueKind
from surveys.responses import questionnaire_of
from surveys.results.choosing import columns_of

DIVISIONS: Final = (KIND, PREFECTURE)
_CHUNK: Final = 64


@dataclass(frozen=True, slots=True)
class Count:
    """One column in one group: how many ``answered``, chose each option, and the numbers."""

    answered: int
    options: tuple[int, ...]
    quartiles: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class CountedColumn:
    """A column in the nation, and in each group of each division, in their order."""

    column: AnswerColumn
    options: tuple[str, ...]
    nation: Count
    divisions: dict[str, list[Count]]


@dataclass(frozen=True, slots=True)
class Counted:
    """Of those asked, ``handed_in`` are counted; ``groups`` have their names and sizes."""

    taken_at: datetime
    asked: int
    handed_in: int
    questionnaire: Questionnaire
    groups: dict[str, list[tuple[str, int]]]
    columns: list[CountedColumn]


def latest_revision(survey: Survey) -> QuestionnaireRevision:
    """The revision in force, by which all responses are counted."""
    published = survey.revisions.filter(published_at__isnull=False)
    return published.order_by("-number")[0]


def counted(survey: Survey, question_ids: Iterable[str]) -> Counted:
    """Count what has been handed in at one moment: one statement reads all of it.

    Within a transaction. Whoever was succeeded after a merger counts nowhere.
    """
    questionnaire = questionnaire_of(latest_revision(survey))
    columns = columns_of(questionnaire, question_ids)
    sorting = _Sorting(columns)
    sorting.take(filled(questionnaire, columns, _rows(survey, questionnaire), {}))
    taken_at = Survey.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=survey.pk)
    groups = dict(sorting.grouping.divisions())
    return Counted(
        taken_at,
        sorting.asked,
        sorting.grouping.count,
        questionnaire,
        {name: [(each.name, len(each.members)) for each in groups[name]] for name in DIVISIONS},
        [_column(tally, groups) for tally in sorting.tallies] if sorting.grouping.count else [],
    )


def _rows(survey: Survey, questionnaire: Questionnaire) -> Iterator[ResponseRow]:
    """Every organization asked; with its values of the round before where conditions read them."""
    previous = survey.previous_id if questionnaire.previous_keys else None
    for *fields, answers, before in Snapshot(connection, survey.pk).rows(previous=previous):
        yield ResponseRow(
            *fields, *(json.loads(text) if text else None for text in (answers, before))
        )


class _Sorting:
    """Takes the responses in, column by column and group by group."""

    def __init__(self, columns: Sequence[AnswerColumn]) -> None:
        self.asked = 0
        self.tallies = [Tally(column) for column in columns]
        self.grouping = Grouping()

    def take(self, responses: Iterator[Filled]) -> None:
        """Some at a time, so that each column takes its cells at once."""
        while chunk := list(islice(responses, _CHUNK)):
            self.asked += len(chunk)
            handed_in = [each for each in chunk if each.cells is not None]
            self.grouping.add(each.row for each in handed_in)
            turned = zip(*(each.cells or [] for each in handed_in), strict=True)
            for tally, cells in zip(self.tallies, turned, strict=False):
                tally.extend(cells)


def _column(tally: Tally, groups: dict[str, list[Group]]) -> CountedColumn:
    (nation,) = groups[NATION]
    return CountedColumn(
        tally.column,
        tally.options,
        _count(tally, nation),
        {name: [_count(tally, each) for each in groups[name]] for name in DIVISIONS},
    )


def _count(tally: Tally, group: Group) -> Count:
    pick = picker(group.members)
    answered = tally.marked(pick)[Mark.ANSWERED]
    if tally.column.field.kind is not ValueKind.NUMBER:
        return Count(answered, tuple(tally.chosen(pick).values()), None)
    known = sorted(tally.numbers(pick))
    if not known:
        return Count(answered, (), None)
    lower, median, upper = (quantile(known, share) for share in (0.25, 0.5, 0.75))
    return Count(len(known), (), (lower, median, upper))
