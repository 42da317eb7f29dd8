"""Cross-field rules: two amounts in a relation, or rows that must differ."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from surveys.questionnaire.conditions import COMPARE, Condition, Facts, Op
from surveys.questionnaire.sides import Amount
from surveys.questionnaire.values import Value


class RuleLevel(StrEnum):
    """An error stops submitting; a warning asks for a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class ComparisonRule:
    """`left op right` must hold, where `when` is true; else `message` is shown."""

    id: str
    level: RuleLevel
    left: Amount
    op: Op
    right: Amount
    message: str
    when: Condition | None
    question_ids: tuple[str, ...]
    field_keys: tuple[str, ...]

    def broken(self, facts: Facts) -> bool:
        """Tell whether it can be judged and does not hold.

        It can't be while something it reads is blank, hidden or refused, or a divisor is 0.
        """
        left = self.left.amount(facts)
        if left is None or (right := self.right.amount(facts)) is None:
            return False
        if COMPARE[self.op](left, right):
            return False
        return self.when is None or self.when.holds(facts)

    def concerns(self, facts: Facts) -> tuple[str, ...]:
        """Return the fields to look at when it is broken: all it reads of this round."""
        return self.field_keys


@dataclass(frozen=True, slots=True)
class UniqueRule:
    """Rows of a table must differ in some columns; rows that are blank in all of them may not.

    `rows` holds the keys of these columns, row by row.
    """

    id: str
    level: RuleLevel
    question_id: str
    column_ids: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    message: str
    when: Condition | None

    @property
    def question_ids(self) -> tuple[str, ...]:
        """The table."""
        return (self.question_id,)

    @property
    def field_keys(self) -> tuple[str, ...]:
        """The cells of all rows."""
        return tuple(key for row in self.rows for key in row)

    def broken(self, facts: Facts) -> bool:
        """Tell whether two rows are the same."""
        return bool(self.concerns(facts)) and (self.when is None or self.when.holds(facts))

    def concerns(self, facts: Facts) -> tuple[str, ...]:
        """Return the cells of the rows that occur more than once, in order."""
        if self.question_id not in facts.answered:
            return ()
        alike: defaultdict[tuple[Value, ...], list[tuple[str, ...]]] = defaultdict(list)
        for row in self.rows:
            values = tuple(facts.values.get(key) for key in row)
            if any(value is not None for value in values):
                alike[values].append(row)
        return tuple(key for rows in alike.values() if len(rows) > 1 for row in rows for key in row)


Rule: TypeAlias = ComparisonRule | UniqueRule
