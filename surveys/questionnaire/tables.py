"""Questions of several fields: tables of cells and matrices of choices."""

from dataclasses import dataclass

from surveys.questionnaire.kinds import Answer, ChoiceAnswer, NumberAnswer, Option


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table or a matrix."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, with what its cells take; `required` in each row of a dynamic one."""

    id: str
    label: str
    answer: Answer
    required: bool = False

    @property
    def unit(self) -> str:
        """The unit of its numbers, "" where there is none."""
        return self.answer.unit if isinstance(self.answer, NumberAnswer) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `disabled` holds (row id, column id) of cells that take nothing.

    The answerer adds the rows of a `dynamic` one: `rows` are then those that there can be,
    with the ids "1", "2" and so on; `min_rows` must be filled.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    row_totals: bool
    column_totals: bool
    disabled: frozenset[tuple[str, str]] = frozenset()
    dynamic: bool = False
    min_rows: int = 0

    @property
    def unit(self) -> str:
        """The unit that all numbers share, and with them their totals; empty where they differ."""
        units = {column.unit for column in self.number_columns}
        return units.pop() if len(units) == 1 else ""

    @property
    def number_columns(self) -> tuple[Column, ...]:
        """The columns that can be added up."""
        return tuple(c for c in self.columns if isinstance(c.answer, NumberAnswer))


@dataclass(frozen=True, slots=True)
class Matrix:
    """One choice in each row, all with the same options."""

    rows: tuple[Row, ...]
    answer: ChoiceAnswer

    @property
    def options(self) -> tuple[Option, ...]:
        """The options, which are the columns."""
        return self.answer.options


def numbered_rows(count: int) -> tuple[Row, ...]:
    """Return the rows that a dynamic table can have."""
    return tuple(Row(str(number), f"{number}行目") for number in range(1, count + 1))
