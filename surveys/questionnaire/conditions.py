"""Conditions: parsed once into nodes, asked many times."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeAlias

from surveys.questionnaire.values import Value

Constant: TypeAlias = str | int | Decimal | bool | frozenset[str] | None


@dataclass(slots=True)
class Facts:
    """What conditions and rules may read: valid values of visible fields, nothing else.

    `answered` holds the questions with at least one valid value and the fields that have one
    (該当なし included), `countable` the tables whose numbers may be added up: there is one, and
    nothing in them is refused. `rows` counts the rows of dynamic tables. `previous` are the
    facts of the round before, where there was one.
    """

    attributes: Mapping[str, str]
    values: dict[str, Value] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    countable: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)
    previous: "Facts | None" = None


class Op(StrEnum):
    """How a condition or a rule compares."""

    EQ = "eq"
    NE = "ne"
    IN = "in"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    ANSWERED = "answered"
    FIRST = "first"


# Any: parsing has made sure that an operator fits the kind of both its sides.
COMPARE: Final[Mapping[Op, Callable[[Any, Any], bool]]] = {
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
    Op.IN: lambda value, wanted: value in wanted,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.CONTAINS: operator.contains,
    Op.NOT_CONTAINS: lambda value, unwanted: unwanted not in value,
    Op.FIRST: lambda ranked, wanted: ranked[0] == wanted,
}


@dataclass(frozen=True, slots=True)
class AnswerCondition:
    """Reads an earlier answer; false for every `op` while that is blank, hidden or refused.

    該当なし is an answer, but nothing to compare: it only satisfies `answered`.
    """

    question_id: str
    op: Op
    value: Constant = None

    def holds(self, facts: Facts) -> bool:
        """Tell whether the condition is true of these answers."""
        if self.op is Op.ANSWERED:
            return self.question_id in facts.answered
        value = facts.values.get(self.question_id)
        return value is not None and COMPARE[self.op](value, self.value)

    def question_ids(self) -> frozenset[str]:
        """Return the questions that are read."""
        return frozenset((self.question_id,))


@dataclass(frozen=True, slots=True)
class CellCondition:
    """Reads a cell of an earlier table, or a row of a matrix (`column_id` is None then)."""

    question_id: str
    row_id: str
    column_id: str | None
    key: str
    op: Op
    value: Constant = None

    def holds(self, facts: Facts) -> bool:
        """Tell whether the condition is true of these answers."""
        if self.op is Op.ANSWERED:
            return self.key in facts.answered
        value = facts.values.get(self.key)
        return value is not None and COMPARE[self.op](value, self.value)

    def question_ids(self) -> frozenset[str]:
        """Return the questions that are read."""
        return frozenset((self.question_id,))


@dataclass(frozen=True, slots=True)
class AttributeCondition:
    """Reads an attribute of the answering body: it is one of `values`."""

    attribute: str
    values: tuple[str, ...]

    def holds(self, facts: Facts) -> bool:
        """Tell whether the condition is true of this body."""
        return facts.attributes.get(self.attribute) in self.values

    def question_ids(self) -> frozenset[str]:
        """Return the questions that are read: none."""
        return frozenset()


@dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is."""

    parts: tuple["Condition", ...]

    def holds(self, facts: Facts) -> bool:
        """Tell whether all parts are true."""
        return all(part.holds(facts) for part in self.parts)

    def question_ids(self) -> frozenset[str]:
        """Return the questions that are read."""
        return frozenset().union(*(part.question_ids() for part in self.parts))


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when at least one part is."""

    parts: tuple["Condition", ...]

    def holds(self, facts: Facts) -> bool:
        """Tell whether any part is true."""
        return any(part.holds(facts) for part in self.parts)

    def question_ids(self) -> frozenset[str]:
        """Return the questions that are read."""
        return frozenset().union(*(part.question_ids() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Not:
    """True when its part is false, so also while the question it reads is blank."""

    part: "Condition"

    def holds(self, facts: Facts) -> bool:
        """Tell whether the part is false."""
        return not self.part.holds(facts)

    def question_ids(self) -> frozenset[str]:
        """Return the questions that are read."""
        return self.part.question_ids()


Condition: TypeAlias = AnswerCondition | CellCondition | AttributeCondition | AllOf | AnyOf | Not
