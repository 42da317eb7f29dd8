import datetime as dt

import pytest

from surveys.questionnaire.kinds import MonthAnswer, YearAnswer
from surveys.questionnaire.values import InvalidValue

YEARS = YearAnswer(2000, 2030)
FISCAL = YearAnswer(2000, 2030, fiscal=True)
MONTHS = MonthAnswer("2020-04", "2027-03")


@pytest.mark.parametrize(
    "raw", ["令和8年", "令和８年度", "R8", "r8", "2026", "2026年", 2026, 2026.0]
)
def test_a_year_in_either_calendar_is_the_same(raw: object) -> None:
    assert YEARS.normalise(raw) == 2026


@pytest.mark.parametrize("raw", ["令和元年", "平成31年", "R元", "H31"])
def test_the_year_of_a_change_has_two_names(raw: str) -> None:
    assert FISCAL.normalise(raw) == 2019


@pytest.mark.parametrize(
    "raw",
    [
        "8",
        "令和0年",
        "平成32年",
        "大正3年",
        "明日",
        8,
        2026.5,
        True,
        ["2026"],
        dt.date(2026, 4, 1),
        "x" * 50000,
        float("nan"),
    ],
)
def test_what_is_no_year_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^年を、「令和8年」又は「2026」の形で"):
        YEARS.normalise(raw)


@pytest.mark.parametrize(
    ("answer", "raw", "message"),
    [
        (YEARS, "1999", "平成12年以後で入力してください。"),
        (FISCAL, "2031", "令和12年度以前で入力してください。"),
        (FISCAL, "いつか", "年度を、「令和8年度」又は「2026」の形で入力してください。"),
    ],
)
def test_a_year_out_of_range_is_refused(answer: YearAnswer, raw: str, message: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        answer.normalise(raw)

    assert refusal.value.message == message


@pytest.mark.parametrize(
    "raw",
    [
        "令和8年11月",
        "R8.11",
        "2026-11",
        "2026/11",
        "２０２６年１１月",
        dt.date(2026, 11, 1),
        dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
    ],
)
def test_a_month_in_either_calendar_is_the_same(raw: object) -> None:
    assert MONTHS.normalise(raw) == "2026-11"


@pytest.mark.parametrize(
    ("raw", "month"),
    [
        ("平成31年4月", "2019-04"),
        ("令和元年5月", "2019-05"),
        ("昭和64年1月", "1989-01"),
        ("平成元年1月", "1989-01"),
    ],
)
def test_the_month_of_a_change_has_two_names(raw: str, month: str) -> None:
    assert MonthAnswer().normalise(raw) == month


@pytest.mark.parametrize(
    "raw",
    [
        "令和8年13月",
        "令和元年4月",
        "平成31年5月",
        "2026-00",
        "2026-11-23",
        "11月",
        "2026",
        202611,
        "0000-01",
        True,
        "1" * 50000,
    ],
)
def test_what_is_no_month_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^年月を、「令和8年11月」又は「2026-11」の形で"):
        MonthAnswer().normalise(raw)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("2020-03", "令和２年４月以後の年月を入力してください。"),
        ("2027-04", "令和９年３月以前の年月を入力してください。"),
    ],
)
def test_a_month_out_of_range_is_refused(raw: str, message: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        MONTHS.normalise(raw)

    assert refusal.value.message == message
