"""Exact numbers."""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue, Number

# What a spreadsheet and a double keep exactly; more would change on the way.
MAX_DIGITS: Final = 15
_MAX_TYPED: Final = 40
_LIMIT: Final = 10**MAX_DIGITS
# Not NFKC: it would read 5² as 52. △ and ▲ mean minus in official accounts.
_FOLD = str.maketrans("０１２３４５６７８９，．－＋−‐‑–—―ー△▲％", "0123456789,.-+" + "-" * 9 + "%")
_NUMERAL = re.compile(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)", re.ASCII)
_SPACES = re.compile(r"\s+")

NOT_A_NUMBER: Final = "数字で入力してください。"
TOO_LONG: Final = f"数字が長すぎます。{MAX_DIGITS}桁までで入力してください。"


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number in `unit` between `minimum` and `maximum` with at most `decimals` places.

    `grouped`: thousands are set apart where it is shown.
    """

    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    grouped: bool = True

    kind: ClassVar[ValueKind] = ValueKind.NUMBER

    def normalise(self, raw: object) -> Number:
        """Return an int where the number is whole, else a Decimal without trailing zeros.

        Reads full-width digits, thousands separators, △ as minus and the unit behind it.
        """
        amount = raw if type(raw) is int else self._exact(raw)
        if not -_LIMIT < amount < _LIMIT:
            raise InvalidValue(TOO_LONG)
        if self.minimum is not None and amount < self.minimum:
            raise InvalidValue(f"{self.minimum:,}{self.unit}以上で入力してください。")
        if self.maximum is not None and amount > self.maximum:
            raise InvalidValue(f"{self.maximum:,}{self.unit}以下で入力してください。")
        return amount

    def _exact(self, raw: object) -> Number:
        amount = _decimal(raw, self.unit)
        if amount == amount.to_integral_value():
            return int(amount)
        places = _digits_after_point(amount)
        if places > self.decimals:
            raise InvalidValue(self._places_message())
        if len(amount.as_tuple().digits) > MAX_DIGITS:
            raise InvalidValue(TOO_LONG)
        return amount.normalize()

    def _places_message(self) -> str:
        if self.decimals == 0:
            return "整数で入力してください。"
        return f"小数点以下は{self.decimals}桁までで入力してください。"


def _decimal(raw: object, unit: str) -> Decimal:
    """Return the number exactly, below 10**15 and of bounded length."""
    if isinstance(raw, str):
        return _bounded(Decimal(_numeral(raw, unit)))
    if isinstance(raw, Decimal) and raw.is_finite():
        return _bounded(raw)
    if isinstance(raw, float) and math.isfinite(raw):
        # 0.1 + 0.2 in a cell is shown, and meant, as 0.3.
        return _bounded(Decimal(format(raw, f".{MAX_DIGITS}g")))
    raise InvalidValue(NOT_A_NUMBER)


def _bounded(amount: Decimal) -> Decimal:
    """Refuse huge and endlessly fine numbers before any arithmetic is done with them."""
    if amount and not -2 * _MAX_TYPED <= amount.adjusted() < MAX_DIGITS:
        raise InvalidValue(TOO_LONG)
    if len(amount.as_tuple().digits) > _MAX_TYPED:
        raise InvalidValue(TOO_LONG)
    return amount


def _numeral(raw: str, unit: str) -> str:
    if len(raw) > _MAX_TYPED:
        raise InvalidValue(TOO_LONG)
    text = _SPACES.sub("", raw.translate(_FOLD))
    if unit:
        text = text.removesuffix(unit.translate(_FOLD))
    if not _NUMERAL.fullmatch(text):
        raise InvalidValue(NOT_A_NUMBER)
    return text.replace(",", "")


def _digits_after_point(amount: Decimal) -> int:
    """Count decimal places without trailing zeros: 1.50 has one."""
    digits = amount.as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    fraction = "".join(map(str, digits.digits)).rstrip("0")
    return max(0, -exponent - (len(digits.digits) - len(fraction)))
