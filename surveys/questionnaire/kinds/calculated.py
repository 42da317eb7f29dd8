"""Numbers that follow from other answers."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import ClassVar, Final

from surveys.questionnaire.conditions import Facts
from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.kinds.number import MAX_DIGITS, NumberAnswer
from surveys.questionnaire.sides import Amount, half_up
from surveys.questionnaire.values import Number

_LIMIT: Final = 10**MAX_DIGITS
_EXACT: Final = Context(prec=MAX_DIGITS, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class CalculatedAnswer:
    """The amount of `formula` in `unit`, rounded half up to `decimals` places. Never typed."""

    formula: Amount
    unit: str = ""
    decimals: int = 0

    kind: ClassVar[ValueKind] = ValueKind.NUMBER

    def normalise(self, raw: object) -> Number:
        """Return the number that a stored value is. Raises InvalidValue for anything else."""
        return NumberAnswer(decimals=self.decimals).normalise(raw)

    def result(self, facts: Facts) -> Number | None:
        """Return the number; None while the formula can't be worked out."""
        amount = self.formula.amount(facts)
        if amount is None or not -_LIMIT < amount < _LIMIT:
            return None  # more digits than a spreadsheet keeps exactly
        return half_up(_EXACT.plus(Decimal(amount)), self.decimals)
