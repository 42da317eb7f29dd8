"""What numbers, amounts of money, percentages and scales take."""

from decimal import Decimal
from typing import Final

from surveys.questionnaire.kinds import NumberAnswer, ScaleAnswer
from surveys.questionnaire.parsing.reader import Reader

CURRENCIES: Final = ("円", "千円", "百万円")
MOST_STEPS: Final = 11
_LOWEST_STEP: Final = -10
_HIGHEST_STEP: Final = 100


def parse_number(reader: Reader) -> NumberAnswer:
    """Read unit, min, max, decimals and grouped of a question or a column."""
    low, high = _limits(reader)
    unit = reader.text("unit", longest=20, optional=True)
    decimals = reader.whole("decimals", 0, 6, default=0)
    return NumberAnswer(unit, low, high, decimals, reader.flag("grouped", default=True))


def parse_currency(reader: Reader) -> NumberAnswer:
    """Read unit, min and max of an amount of money."""
    low, high = _limits(reader)
    unit = reader.text("unit", longest=20) if reader.has("unit") else CURRENCIES[0]
    if unit and unit not in CURRENCIES:
        reader.refuse(f"unitは、{'、'.join(CURRENCIES)}のいずれかで指定してください。")
    return NumberAnswer(unit, low, high)


def parse_percent(reader: Reader) -> NumberAnswer:
    """Read min, max and decimals; 12.5 is 12.5 %."""
    low, high = _limits(reader, Decimal(0), Decimal(100))
    return NumberAnswer("％", low, high, reader.whole("decimals", 0, 6, default=1))


def parse_scale(reader: Reader) -> ScaleAnswer:
    """Read both ends of a scale and the words for them."""
    low = reader.whole("min", _LOWEST_STEP, _HIGHEST_STEP)
    high = reader.whole("max", _LOWEST_STEP, _HIGHEST_STEP)
    if not 2 <= high - low + 1 <= MOST_STEPS:
        reader.refuse(f"段階は、2以上{MOST_STEPS}以下にしてください（minからmaxまで）。")
    return ScaleAnswer(
        minimum=Decimal(low),
        maximum=Decimal(high),
        min_label=reader.text("min_label", longest=40, optional=True),
        max_label=reader.text("max_label", longest=40, optional=True),
    )


def _limits(
    reader: Reader, lowest: Decimal | None = None, highest: Decimal | None = None
) -> tuple[Decimal | None, Decimal | None]:
    """Read min and max; where they are not given, `lowest` and `highest`."""
    low, high = reader.amount("min"), reader.amount("max")
    low, high = lowest if low is None else low, highest if high is None else high
    if low is not None and high is not None and low > high:
        reader.refuse("数値の範囲が逆です（minがmaxより大きい）。")
    return low, high
