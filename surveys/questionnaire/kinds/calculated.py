"""Numbers that follow from other answers."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Final

from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.kinds.number import MAX_DIGITS, NumberAnswer
from surveys.questionnaire.rules import Amount
from surveys.questionnaire.values import Number

_LIMIT: Final = Decimal(10) ** MAX_DIGITS


@dataclass(frozen=True, slots=True)
class CalculatedAnswer:
    """The amount of `formula` in `unit`, rounded half up to `decimals` places. Never typed."""

    formula: Amount
    unit: str = ""
    decimals: int = 0
    question_ids: frozenset[str] = field(init=False, repr=False, compare=False)

    kind: ClassVar[ValueKind] = ValueKind.NUMBER

    def __post_init__(self) -> None:
        read = frozenset(question_id for question_id, _ in self.formula.reads())
        object.__setattr__(self, "question_ids", read)

    def normalise(self, raw: object) -> Number:
        """Return the number that a stored value is. Raises InvalidValue for anything else."""
        return NumberAnswer(decimals=self.decimals).normalise(raw)

    def result(self, facts: Facts) -> Number | None:
        """Return the number; None while a question it reads is blank, hidden or refused."""
        if not self.question_ids <= facts.countable:
            return None
        amount = Decimal(self.formula.amount(facts))
        if abs(amount) >= _LIMIT:
            return None  # more digits than a spreadsheet keeps exactly
        rounded = amount.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return int(rounded) if rounded == rounded.to_integral_value() else rounded.normalize()
