"""One consistent look at a survey, however many answers arrive meanwhile."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import IsolationLevel

from surveys.compilation.orders import Order
from surveys.preceding import ANSWERED, PREDECESSORS, WITH_ANSWERS
from surveys.questionnaire import Respondent
from surveys.states import HANDED_IN_STATES, WORKING_STATES

# Of an organization that was merged meanwhile only the successor's response counts.
_CHOSEN = """
  AND assignment.succeeded_by_id IS NULL
  AND (%s::text[] = '{}' OR organization.prefecture_code = ANY(%s))
  AND (%s::text[] = '{}' OR organization.kind = ANY(%s))
  AND (%s::text[] = '{}' OR assignment.state = ANY(%s))
"""
_IN_ORDER = f"{_CHOSEN} ORDER BY organization.code"
_COUNTS = """
SELECT now(), count(*), count(*) FILTER (WHERE assignment.state = ANY(%s)),
       count(*) FILTER (WHERE assignment.state = ANY(%s))
FROM surveys_assignment assignment
JOIN accounts_organization organization ON organization.id = assignment.organization_id
WHERE assignment.survey_id = %s
"""
# Answers are put together per response by the database: one row each instead of hundreds.
_ROWS = """
SELECT organization.code, organization.prefecture_code, organization.prefecture_name,
       organization.name, organization.kind, organization.has_health_center,
       coalesce(bureau.code, ''), coalesce(bureau.name, ''),
       assignment.state, assignment.submitted_at,
       assignment.receipt_number, assignment.not_applicable_reason,
       CASE WHEN assignment.state = ANY(%s) THEN (
           SELECT jsonb_object_agg(answer.field, answer.value) FROM surveys_answer answer
           WHERE answer.assignment_id = assignment.id
       ) END,
       {previous}
FROM surveys_assignment assignment
JOIN accounts_organization organization ON organization.id = assignment.organization_id
LEFT JOIN accounts_organization bureau ON bureau.id = organization.regional_bureau_id
WHERE assignment.survey_id = %s
"""
# As surveys.preceding.values_before finds them, for every response at once.
_PREVIOUS = f"""(
    SELECT jsonb_object_agg(answer.field, answer.value) FROM surveys_answer answer
    WHERE answer.assignment_id = (
        SELECT CASE WHEN count(*) = 1
               THEN min(earlier.id) FILTER (WHERE {WITH_ANSWERS.format(row="earlier")}) END
        FROM surveys_assignment earlier
        WHERE earlier.survey_id = %s AND earlier.succeeded_by_id IS NULL
          AND earlier.organization_id IN (
              {PREDECESSORS.format(organization="assignment.organization_id")}
          )
    )
)"""  # noqa: S608 - constants
_OWING = """
SELECT organization.code, organization.prefecture_name, organization.name, organization.kind,
       assignment.state, assignment.last_answer_at,
       coalesce(assignment.extended_to, survey.due_on), coalesce(division.name, '')
FROM surveys_assignment assignment
JOIN surveys_survey survey ON survey.id = assignment.survey_id
JOIN accounts_organization organization ON organization.id = assignment.organization_id
LEFT JOIN accounts_division division ON division.id = assignment.division_id
WHERE assignment.survey_id = %s AND assignment.state <> ALL(%s)
"""
_FILE_NAMES = """
SELECT file.id::text, file.name
FROM surveys_answer_files link
JOIN surveys_answer answer ON answer.id = link.answer_id
JOIN surveys_assignment assignment ON assignment.id = answer.assignment_id
JOIN files_storedfile file ON file.id = link.storedfile_id
WHERE assignment.survey_id = %s
"""
# The key of a cell is question.row.column; rows that are added are numbered.
_USED_ROWS = """
SELECT split_part(answer.field, '.', 1), max(split_part(answer.field, '.', 2)::int)
FROM surveys_answer answer
JOIN surveys_assignment assignment ON assignment.id = answer.assignment_id
WHERE assignment.survey_id = %s AND assignment.state = ANY(%s)
  AND split_part(answer.field, '.', 1) = ANY(%s) AND answer.value <> 'null'
  AND split_part(answer.field, '.', 2) ~ '^[0-9]{1,3}$'
GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were asked, and how far they were at ``taken_at`` (the database's clock)."""

    taken_at: datetime
    asked: int
    submitted: int
    drafting: int


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One organization that was asked; ``answers`` is None until it has submitted."""

    code: str
    prefecture_code: str
    prefecture_name: str
    name: str
    kind: str
    has_health_center: bool
    regional_bureau: str
    bureau_name: str
    state: str
    submitted_at: datetime | None
    receipt_number: str | None
    not_applicable_reason: str
    answers: dict[str, object] | None
    previous: dict[str, object] | None = None

    @property
    def nothing_applies(self) -> bool:
        """Whether it handed in that the whole survey does not apply to it."""
        return self.state in HANDED_IN_STATES and bool(self.not_applicable_reason)

    @property
    def respondent(self) -> Respondent:
        """The organization as conditions see it."""
        return Respondent(
            self.kind, self.prefecture_code, self.has_health_center, self.regional_bureau
        )


@dataclass(frozen=True, slots=True)
class OwingRow:
    """One organization that has not handed in, and which division gathers its response."""

    code: str
    prefecture_name: str
    name: str
    kind: str
    state: str
    last_answer_at: datetime | None
    due_on: date
    division: str


class Snapshot:
    """Reads of one survey that all see the same moment, of the organizations of an order."""

    def __init__(
        self, reader: BaseDatabaseWrapper, survey_id: int, order: Order | None = None
    ) -> None:
        order = order or Order()
        self._reader = reader
        self.survey_id = survey_id
        chosen = (order.prefecture_codes, list(order.kinds), list(order.states))
        self._chosen: list[list[str]] = [each for each in chosen for _ in range(2)]

    def counts(self) -> Counts:
        """How many were asked, have submitted, are drafting."""
        states = [list(HANDED_IN_STATES), list(WORKING_STATES)]
        return Counts(*self._all(_COUNTS + _CHOSEN, [*states, self.survey_id, *self._chosen])[0])

    def owing(self) -> list[OwingRow]:
        """Those who have not handed in, by code."""
        params = [self.survey_id, list(HANDED_IN_STATES), *self._chosen]
        return [OwingRow(*row) for row in self._all(_OWING + _IN_ORDER, params)]

    def file_names(self) -> dict[str, str]:
        """The names of attached files by their id."""
        return dict(self._all(_FILE_NAMES, [self.survey_id]))

    def used_rows(self, question_ids: list[str]) -> dict[str, int]:
        """The highest row that any response has filled, of each table to which rows are added."""
        if not question_ids:
            return {}
        states = list(HANDED_IN_STATES)
        return dict(self._all(_USED_ROWS, [self.survey_id, states, question_ids]))

    def rows(self, *, previous: int | None = None) -> Iterator[ResponseRow]:
        """Every organization that the order chooses, by code; with the values of the ``previous``
        round, a survey's primary key, where it is given.
        """
        sql = _ROWS.format(previous=_PREVIOUS if previous else "NULL")
        earlier: list[Any] = [list(ANSWERED), previous] if previous else []
        params = [list(HANDED_IN_STATES), *earlier, self.survey_id, *self._chosen]
        for row in self.stream(sql + _IN_ORDER, params):
            # Django leaves JSON as text, for its own fields to read.
            held = (json.loads(text) if text else None for text in row[-2:])
            yield ResponseRow(*row[:-2], *held)

    def chosen(self, sql: str, params: list[Any], order: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query whose WHERE is last and which joins ``assignment`` and
        ``organization``, of the organizations that the order chooses.
        """
        return self.stream(f"{sql}{_CHOSEN} ORDER BY {order}", [*params, *self._chosen])

    def stream(self, sql: str, params: list[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of any query of the same moment; a server-side cursor holds them, not we."""
        with self._reader.chunked_cursor() as cursor:
            cursor.execute(sql, params)
            yield from cursor

    def _all(self, sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
        with self._reader.cursor() as cursor:
            cursor.execute(sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found


@contextmanager
def snapshot_of(survey_id: int, order: Order | None = None) -> Iterator[Snapshot]:
    """A REPEATABLE READ, READ ONLY transaction on a connection of its own.

    Progress is reported on the ordinary connection meanwhile, so it can be seen.
    """
    with closing(connection.copy()) as reader:
        reader.connect()
        reader.connection.isolation_level = IsolationLevel.REPEATABLE_READ
        reader.connection.read_only = True
        reader.set_autocommit(False)
        try:
            yield Snapshot(reader, survey_id, order)
        finally:
            reader.rollback()
