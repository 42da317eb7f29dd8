"""Cross-field rules: two amounts that must stand in a relation."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from surveys.questionnaire.conditions import COMPARE, Condition, Facts, Op
from surveys.questionnaire.values import Number


class RuleLevel(StrEnum):
    """An error stops submitting; a warning asks for a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class QuestionAmount:
    """The number given to a question."""

    question_id: str

    def amount(self, facts: Facts) -> Number:
        """Return the number; the rule has made sure that there is one."""
        return _number(facts, self.question_id)

    def reads(self) -> Iterator[tuple[str, str]]:
        """Yield (question id, field key) of what is read."""
        yield self.question_id, self.question_id


@dataclass(frozen=True, slots=True)
class CellsAmount:
    """A cell (both ids), a row (row id) or a column (column id) of a table, added up.

    `keys` are the enabled cells; a blank cell of a table that has values counts as 0.
    """

    question_id: str
    row_id: str | None
    column_id: str | None
    keys: tuple[str, ...]

    def amount(self, facts: Facts) -> Number:
        """Return the sum of the cells."""
        return sum((_number(facts, key) for key in self.keys), start=0)

    def reads(self) -> Iterator[tuple[str, str]]:
        """Yield (question id, field key) of what is read."""
        for key in self.keys:
            yield self.question_id, key


@dataclass(frozen=True, slots=True)
class SumAmount:
    """Several amounts, added up."""

    parts: tuple["Amount", ...]

    def amount(self, facts: Facts) -> Number:
        """Return the sum of the parts."""
        return sum((part.amount(facts) for part in self.parts), start=0)

    def reads(self) -> Iterator[tuple[str, str]]:
        """Yield (question id, field key) of what is read."""
        for part in self.parts:
            yield from part.reads()


@dataclass(frozen=True, slots=True)
class ScaledAmount:
    """An amount times a constant."""

    part: "Amount"
    factor: Decimal

    def amount(self, facts: Facts) -> Number:
        """Return the product."""
        return self.part.amount(facts) * self.factor

    def reads(self) -> Iterator[tuple[str, str]]:
        """Yield (question id, field key) of what is read."""
        return self.part.reads()


@dataclass(frozen=True, slots=True)
class ConstantAmount:
    """A fixed number."""

    value: Decimal

    def amount(self, facts: Facts) -> Number:
        """Return the number."""
        return self.value

    def reads(self) -> Iterator[tuple[str, str]]:
        """Yield nothing: no answer is read."""
        return iter(())


Amount: TypeAlias = QuestionAmount | CellsAmount | SumAmount | ScaledAmount | ConstantAmount


def _number(facts: Facts, key: str) -> Number:
    value = facts.values.get(key)
    return value if isinstance(value, int | Decimal) else 0


@dataclass(frozen=True, slots=True)
class Rule:
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

    def applies(self, facts: Facts) -> bool:
        """Tell whether it can be judged: every question it adds up is visible and answered."""
        if not all(question_id in facts.countable for question_id in self.question_ids):
            return False
        return self.when is None or self.when.holds(facts)

    def broken(self, facts: Facts) -> bool:
        """Tell whether it applies and does not hold."""
        if not self.applies(facts):
            return False
        return not COMPARE[self.op](self.left.amount(facts), self.right.amount(facts))
