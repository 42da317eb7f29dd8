import pytest

from onepublic.core.codes import check_digit


@pytest.mark.parametrize(("five", "digit"), [("01000", "6"), ("13101", "6"), ("47382", "1")])
def test_check_digit(five: str, digit: str) -> None:
    assert check_digit(five) == digit
