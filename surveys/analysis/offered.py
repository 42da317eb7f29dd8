"""What can be analysed of a survey: the columns of its compilation, by the section they are in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Max

from surveys.compilation.columns import REMOVED, AnswerColumn, growing, joined_columns
from surveys.compilation.snapshot import Snapshot
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, ValueKind
from surveys.responses import questionnaire_of
from surveys.states import HANDED_IN_STATES

_HOUR: Final = 3600
_SPLITTING: Final = frozenset(
    {
        ValueKind.BOOLEAN,
        ValueKind.CHOICE,
        ValueKind.CHOICES,
        ValueKind.RANKING,
        ValueKind.NUMBER,
    }
)
REMOVED_ONES: Final = f"{REMOVED}設問"
Options = list[tuple[str, list[tuple[str, str]]]]
"""Pairs of key and label, by section."""


@dataclass(frozen=True, slots=True)
class Offered:
    """``questionnaire`` is the revision in force; ``columns`` by key, those of all revisions."""

    questionnaire: Questionnaire
    columns: dict[str, AnswerColumn]

    @property
    def questions(self) -> Options:
        """All of them."""
        return self._options(lambda column: True)

    @property
    def splitting(self) -> Options:
        """Those by whose answers the organizations can be put into groups."""
        return self._options(splits)

    def _options(self, is_wanted: Callable[[AnswerColumn], bool]) -> Options:
        sections: dict[str, list[tuple[str, str]]] = {}
        for section, column in self._placed():
            if is_wanted(column):
                sections.setdefault(section, []).append((column.key, column.label))
        return list(sections.items())

    def _placed(self) -> Iterator[tuple[str, AnswerColumn]]:
        by_question = self.questionnaire.section_by_question
        for column in self.columns.values():
            if not column.removed:
                yield by_question[column.field.question.id].title, column
        for column in self.columns.values():
            if column.removed:
                yield REMOVED_ONES, column


def splits(column: AnswerColumn) -> bool:
    """Whether its answers make groups: options, yes and no, or numbers in classes."""
    return column.field.kind in _SPLITTING


def offered(survey: Survey) -> Offered:
    """One query, and one or two more where a table has rows that are added."""
    published = survey.revisions.filter(published_at__isnull=False).order_by("number")
    revisions = [questionnaire_of(revision) for revision in published.defer("document")]
    rows = _used_rows(survey, growing(revisions))
    columns = joined_columns(revisions, rows)
    return Offered(revisions[-1], {column.key: column for column in columns})


def _used_rows(survey: Survey, tables: list[str]) -> dict[str, int]:
    """Kept until somebody hands in or takes back: it is found by looking at every answer."""
    if not tables:
        return {}
    handed_in = survey.assignments.filter(state__in=HANDED_IN_STATES)
    count, last = handed_in.aggregate(count=Count("pk"), last=Max("submitted_at")).values()
    key = f"used-rows:{survey.pk}:{count}:{last.timestamp() if last else 0}:{len(tables)}"
    kept: dict[str, int] | None = cache.get(key)
    if kept is None:
        kept = Snapshot(connection, survey.pk).used_rows(tables)
        cache.set(key, kept, timeout=_HOUR)
    return kept
