from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.numbers import PrintedNumber, canonical, compose, parse_number

symbols = st.text(alphabet="医政健感発障老見本・ab", max_size=8)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
runnings = st.integers(min_value=0, max_value=999_999)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
KANJI = str.maketrans("0123456789", "〇一二三四五六七八九")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("医政発1123第1号", PrintedNumber("医政発", "1123", 1)),
        ("医政発１１２３第１号", PrintedNumber("医政発", "1123", 1)),
        ("発児第二〇号", PrintedNumber("発児", "", 20)),
        ("発児第二十号", PrintedNumber("発児", "", 20)),
        ("児発第千二百三十四号", PrintedNumber("児発", "", 1234)),
        ("健医感発第35号", PrintedNumber("健医感発", "", 35)),
        ("老発第0401001号", PrintedNumber("老発", "", 401001)),
        ("医政発 0401 第 3 号の2", PrintedNumber("医政発", "0401", 3, "の2")),
        ("医政発9999第3号", PrintedNumber("医政発9999", "", 3)),
    ],
)
def test_it_reads_regular_and_old_numbers(written: str, read: PrintedNumber) -> None:
    assert parse_number(written) == read


@pytest.mark.parametrize("text", ["", "事務連絡", "第号", "医政発1123第1", "見本・事務連絡2026-03"])
def test_any_other_text_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.text())
def test_any_text_has_a_canonical_writing_without_blanks_and_is_a_number_or_none(text: str) -> None:
    written, read = canonical(text), parse_number(text)

    assert (written == "", len(written.split()) <= 1) == (text.strip() == "", True)
    assert read is None or str(read) == written


@given(symbols, days, runnings)
def test_what_is_composed_is_read_back(symbol: str, day: date, running: int) -> None:
    number = compose(symbol, day, running)

    assert parse_number(number) == PrintedNumber(symbol, f"{day:%m%d}", running)
    assert canonical(canonical(number)) == canonical(number)


@given(symbols, days, runnings)
def test_width_spaces_and_digits_make_no_other_number(symbol: str, day: date, running: int) -> None:
    number = compose(symbol, day, running)
    in_kanji = f"{symbol}{day:%m%d}第{str(running).translate(KANJI)}号"

    assert canonical(number.translate(FULL_WIDTH)) == canonical(number)
    assert canonical(number.replace("第", "　第 ")) == canonical(number)
    assert canonical(in_kanji) == canonical(number)


@given(symbols, days, runnings, runnings)
def test_two_numbers_stay_two(symbol: str, day: date, one: int, other: int) -> None:
    same = canonical(compose(symbol, day, one)) == canonical(compose(symbol, day, other))

    assert same is (one == other)
