"""The ends of a side: the answers it reads, and constants."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.values import Number, Value

# (question id, field key)
Read: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class QuestionAmount:
    """The number given to a question, or calculated for it."""

    question_id: str

    def amount(self, facts: Facts) -> Number | None:
        """Return the number; None while the question is blank, hidden or refused."""
        return number_in(facts.values.get(self.question_id))

    def reads(self) -> Iterator[Read]:
        """Yield what is read of this round."""
        yield self.question_id, self.question_id


@dataclass(frozen=True, slots=True)
class CellsAmount:
    """A cell (both ids), a row (row id) or a column (column id) of a table, added up.

    `keys` are the enabled cells that take numbers; a blank cell of a table that has
    numbers counts as 0.
    """

    question_id: str
    row_id: str | None
    column_id: str | None
    keys: tuple[str, ...]

    def amount(self, facts: Facts) -> Number | None:
        """Return the sum; None while the table is hidden, without a number or in part refused."""
        if self.question_id not in facts.countable:
            return None
        values = facts.values
        return sum((number_in(values.get(key)) or 0 for key in self.keys), start=0)

    def reads(self) -> Iterator[Read]:
        """Yield what is read of this round."""
        for key in self.keys:
            yield self.question_id, key


@dataclass(frozen=True, slots=True)
class RowsAmount:
    """How many rows of a dynamic table exist. `keys` are all its cells."""

    question_id: str
    keys: tuple[str, ...]

    def amount(self, facts: Facts) -> Number | None:
        """Return the number of rows; None while there is none, as nothing was answered then."""
        return facts.rows.get(self.question_id) or None

    def reads(self) -> Iterator[Read]:
        """Yield what is read of this round."""
        for key in self.keys:
            yield self.question_id, key


@dataclass(frozen=True, slots=True)
class ConstantAmount:
    """A fixed number."""

    value: Decimal

    def amount(self, facts: Facts) -> Number | None:
        """Return the number."""
        return self.value

    def reads(self) -> Iterator[Read]:
        """Yield nothing: no answer is read."""
        return iter(())


@dataclass(frozen=True, slots=True)
class AnsweredTime:
    """A day (YYYY-MM-DD) or a month (YYYY-MM) that was answered."""

    question_id: str

    def moment(self, facts: Facts) -> str | None:
        """Return it; None while the question is blank, hidden or refused."""
        value = facts.values.get(self.question_id)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class FixedTime:
    """A day or a month that is written in the document."""

    value: str

    def moment(self, facts: Facts) -> str | None:
        """Return it."""
        return self.value


class Calendar(StrEnum):
    """What a span is counted in."""

    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class SpanAmount:
    """From the first day or month to the second; negative when that is earlier."""

    calendar: Calendar
    first: AnsweredTime | FixedTime
    second: AnsweredTime | FixedTime

    def amount(self, facts: Facts) -> Number | None:
        """Return second − first; None while either is not there.

        The previous round may hold another text where a question has changed its type.
        """
        first, second = self.first.moment(facts), self.second.moment(facts)
        if first is None or second is None:
            return None
        place = place_of_day if self.calendar is Calendar.DAYS else place_of_month
        try:
            return place(second) - place(first)
        except ValueError:
            return None

    def reads(self) -> Iterator[Read]:
        """Yield what is read of this round."""
        for end in (self.first, self.second):
            if isinstance(end, AnsweredTime):
                yield end.question_id, end.question_id


def place_of_day(iso: str) -> int:
    """Return the place of a day (YYYY-MM-DD) in the calendar."""
    return dt.date.fromisoformat(iso).toordinal()


def place_of_month(iso: str) -> int:
    """Return the place of a month (YYYY-MM) in the calendar."""
    year, month = iso.split("-")
    return int(year) * 12 + int(month)


def number_in(value: Value) -> Number | None:
    """Return the value where it is a number. Truth is none, although Python counts with it."""
    kind = value.__class__
    return value if kind is int or kind is Decimal else None  # type: ignore[return-value]
