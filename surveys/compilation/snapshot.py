"""One consistent look at a survey, however many answers arrive meanwhile."""

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeAlias

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import IsolationLevel

from surveys.compilation import queries
from surveys.compilation.orders import Order
from surveys.compilation.rows import Counts
from surveys.preceding import ANSWERED
from surveys.states import HANDED_IN_STATES, WORKING_STATES, Stage

Fields: TypeAlias = tuple[Any, ...]


class Snapshot:
    """Reads of one survey that all see the same moment, of the organizations of an order.

    A server-side cursor holds long lists, not we; ``at_once`` for short ones, which that slows.
    """

    def __init__(
        self,
        reader: BaseDatabaseWrapper,
        survey_id: int,
        order: Order | None = None,
        *,
        at_once: bool = False,
    ) -> None:
        order = order or Order()
        self._reader = reader
        self._cursor = reader.cursor if at_once else reader.chunked_cursor
        self.survey_id = survey_id
        chosen = (order.prefecture_codes, list(order.kinds), list(order.states))
        self._chosen: list[list[str]] = [each for each in chosen for _ in range(2)]

    def counts(self) -> Counts:
        """How many were asked, have submitted, are drafting."""
        states = [list(HANDED_IN_STATES), list(WORKING_STATES)]
        params = [*states, self.survey_id, *self._chosen]
        return Counts(*self._all(queries.COUNTS + queries.CHOSEN, params)[0])

    def published(self) -> list[int]:
        """The primary keys of the questionnaire's published revisions, the one in force last."""
        return [key for (key,) in self._all(queries.PUBLISHED, [self.survey_id])]

    def used_rows(self, question_ids: list[str]) -> dict[str, int]:
        """The highest row that any response has filled, of each table to which rows are added."""
        if not question_ids:
            return {}
        states = list(HANDED_IN_STATES)
        return dict(self._all(queries.USED_ROWS, [self.survey_id, states, question_ids]))

    def file_names(self) -> Iterator[Fields]:
        """The id and name of every attached file."""
        return self._stream(queries.FILE_NAMES, [self.survey_id])

    def rows(
        self, *, previous: int | None = None, keys: Collection[str] | None = None
    ) -> Iterator[Fields]:
        """The fields of a ResponseRow of every organization that the order chooses, by code, the
        last two as JSON text; with the values of the ``previous`` round, a survey's primary
        key, where it is given; with the values under ``keys`` alone, where they are.
        """
        some = [] if keys is None else [list(keys)]
        only = queries.ONLY if some else ""
        before = queries.PREVIOUS.format(only=only) if previous else "NULL"
        earlier: list[Any] = [list(ANSWERED), previous, *some] if previous else []
        params = [list(HANDED_IN_STATES), *some, *earlier, self.survey_id]
        sql = queries.ROWS.format(only=only, previous=before)
        return self._of_chosen(sql, params, "organization.code")

    def owing(self) -> Iterator[Fields]:
        """The fields of an OwingRow of those who have not handed in, by code."""
        params = [self.survey_id, list(HANDED_IN_STATES)]
        return self._of_chosen(queries.OWING, params, "organization.code")

    def submissions(self) -> Iterator[Fields]:
        """What was handed in, by organization and in order; values as JSON text, with those before,
        from the second submission of an organization on.
        """
        order = "organization.code, submission.number"
        return self._of_chosen(queries.SUBMISSIONS, [self.survey_id], order)

    def remarks(self) -> Iterator[Fields]:
        """What prefectures and the ministry remarked, by organization and in order."""
        params = [self.survey_id, Stage.INSIDE]
        return self._of_chosen(queries.REMARKS, params, "organization.code, remark.id")

    def attachments(self) -> Iterator[Fields]:
        """Code and name of an organization, key of a field and id of a file attached to it."""
        params = [self.survey_id, list(HANDED_IN_STATES)]
        order = "organization.code, answer.field, link.id"
        return self._of_chosen(queries.ATTACHMENTS, params, order)

    def _of_chosen(self, sql: str, params: list[Any], order: str) -> Iterator[Fields]:
        """The rows of a query whose WHERE is last and which joins ``assignment`` and
        ``organization``, of the organizations that the order chooses.
        """
        sql = f"{sql}{queries.CHOSEN} ORDER BY {order}"
        return self._stream(sql, [*params, *self._chosen])

    def _stream(self, sql: str, params: list[Any]) -> Iterator[Fields]:
        with self._cursor() as cursor:
            cursor.execute(sql, params)
            yield from cursor

    def _all(self, sql: str, params: list[Any]) -> list[Fields]:
        with self._reader.cursor() as cursor:
            cursor.execute(sql, params)
            found: list[Fields] = cursor.fetchall()
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
