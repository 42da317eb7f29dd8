from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.kinds import NumberAnswer
from surveys.questionnaire.values import InvalidValue
from tests.surveys.questionnaire.building import unhurried

PEOPLE = NumberAnswer("人", Decimal(0), Decimal(20000))
RATE = NumberAnswer("％", Decimal(-100), Decimal(100), 2)
FREE = NumberAnswer()


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        (0, 0),
        ("1,234", 1234),
        ("１，２３４", 1234),
        (" 1234 ", 1234),
        ("1234人", 1234),
        ("１２人", 12),
        ("007", 7),
        ("+5", 5),
        ("5.0", 5),
        (5.0, 5),
        (Decimal("5.00"), 5),
        ("-0", 0),
    ],
)
def test_it_reads_whole_numbers_as_they_are_typed(raw: object, value: int) -> None:
    number = PEOPLE.normalise(raw)

    assert (number, type(number)) == (value, int)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("12.5", "12.5"),
        ("１２．５０％", "12.5"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        ("△3.25", "-3.25"),
        ("▲3.25", "-3.25"),
        ("－3.25", "-3.25"),
        (".5", "0.5"),
    ],
)
def test_it_keeps_fractions_exact(raw: object, value: str) -> None:
    assert str(RATE.normalise(raw)) == value


@pytest.mark.parametrize(
    "raw",
    [
        "1e5",
        "NaN",
        "∞",
        "inf",
        "=1+1",
        "十",
        "1,23",
        "5²",
        "①",
        "½",
        "1 人 1",
        "--1",
        "1.",
        "٣",
        True,
        float("nan"),
        float("inf"),
        Decimal("Infinity"),
        [],
        {},
        b"1",
        object(),
    ],
)
def test_it_refuses_what_is_no_number(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^数字で入力してください。$"):
        FREE.normalise(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "9" * 40000,
        10**15,
        "1000000000000000",
        1e300,
        Decimal("1e999999"),
        Decimal("1e-999999"),
        10**4000,
        "0." + "1" * 30,
    ],
)
def test_it_refuses_more_digits_than_a_sheet_keeps(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^数字が長すぎます。15桁までで入力してください。$"):
        NumberAnswer(decimals=40).normalise(raw)


def test_the_largest_number_passes() -> None:
    assert FREE.normalise("999,999,999,999,999") == 10**15 - 1


@pytest.mark.parametrize(
    ("answer", "raw", "message"),
    [
        (PEOPLE, "-1", "0人以上で入力してください。"),
        (PEOPLE, "20001", "20,000人以下で入力してください。"),
        (PEOPLE, "1.5", "整数で入力してください。"),
        (RATE, "1.234", "小数点以下は2桁までで入力してください。"),
        (RATE, "100.01", "100％以下で入力してください。"),
    ],
)
def test_it_says_what_is_out_of_range(answer: NumberAnswer, raw: str, message: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        answer.normalise(raw)

    assert refusal.value.message == message


@unhurried
@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
def test_any_number_survives_being_printed_with_separators(digits: int, decimals: int) -> None:
    amount = Decimal(digits).scaleb(-decimals)

    assert NumberAnswer(decimals=6).normalise(f"{amount:,f}") == amount
