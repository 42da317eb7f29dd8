import datetime as dt

import pytest

from surveys.questionnaire.kinds import DateAnswer
from surveys.questionnaire.values import InvalidValue

ANY = DateAnswer()
YEAR = DateAnswer("2025-04-01", "2026-03-31")


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-23",
        "2026/11/23",
        "2026年11月23日",
        "令和8年11月23日",
        "令和８年１１月２３日",
        "R8.11.23",
        " 令和 8年 11月 23日 ",
        dt.date(2026, 11, 23),
        dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
    ],
)
def test_both_calendars_mean_the_same_day(raw: object) -> None:
    assert ANY.normalise(raw) == "2026-11-23"


@pytest.mark.parametrize(
    "raw",
    [
        "2026-02-29",
        "令和0年1月1日",
        "平成40年1月1日",
        "11月23日",
        "23/11/2026",
        "x" * 40000,
        46000,
        46000.0,
        True,
        ["2026-11-23"],
        "0000-01-01",
    ],
)
def test_what_is_no_day_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValue, match=r"^暦にある日付を、"):
        ANY.normalise(raw)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("2025-03-31", "令和７年４月１日以後の日付を入力してください。"),
        ("2026-04-01", "令和８年３月31日以前の日付を入力してください。"),
    ],
)
def test_a_day_outside_the_range_is_refused(raw: str, message: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        YEAR.normalise(raw)

    assert refusal.value.message == message


def test_both_ends_belong_to_the_range() -> None:
    assert [YEAR.normalise(day) for day in ("2025-04-01", "2026-03-31")] == [
        "2025-04-01",
        "2026-03-31",
    ]
