"""The curve of a survey's page: how many had handed in, day by day."""

from datetime import date
from typing import Any, Final

from django.utils import timezone

from onepublic.core.charts import LineChart, Series, line_chart
from onepublic.core.charts.scale import written
from onepublic.core.requests import Request
from surveys.dashboard.curves import Days, Share, days_of
from surveys.models import Survey

OPENING, DEADLINE = "opening", "deadline"
ALIGNED: Final = {
    OPENING: "受付開始からの日数でそろえる",
    DEADLINE: "回答期限までの日数でそろえる",
}
MOST_TIMES = 31  # in the drawing; a longer one shows every second day, or third …
OWN, PREVIOUS, MEDIAN = "今回", "前回", "過去の調査の中央値"
UNIT = "%"


def aligned(request: Request) -> str:
    """A key of ALIGNED: how earlier surveys are laid beside this one."""
    asked = request.GET.get("align", "")
    return asked if asked in ALIGNED else OPENING


def curve_of(request: Request, survey: Survey) -> dict[str, Any]:
    """What ``surveys/days.html`` draws; ``days`` is None where there is nothing to draw."""
    align = aligned(request)
    days = days_of(request.user, survey, by_deadline=align == DEADLINE)
    if days is None:
        return {"days": None}
    return {
        "days": _chart(days),
        "align": align,
        "days_summary": _summary(days),
        "alignments": _alignments(align) if days.previous or days.median else [],
    }


def _chart(days: Days) -> LineChart:
    every = -(-len(days.days) // MOST_TIMES)
    chosen = slice((len(days.days) - 1) % every, None, every)  # the last day always
    series = [
        Series(OWN, [days.own.share(day) for day in days.days[chosen]]),
        *(Series(name, values[chosen]) for name, values in _others(days)),
    ]
    return line_chart([_short(day) for day in days.days[chosen]], series, unit=UNIT)


def _others(days: Days) -> list[tuple[str, list[Share]]]:
    named = ((PREVIOUS, days.previous), (MEDIAN, days.median))
    return [(name, values) for name, values in named if values is not None]


def _summary(days: Days) -> str:
    """The newest share of all that were asked, and the others' on the day that corresponds."""
    day = min(days.days[-1], timezone.localdate())
    place = days.days.index(day)
    own = f"{day.month}月{day.day}日の提出率は{written(days.own.share(day), UNIT)}です。"
    others = [
        f"{name}は{written(values[place], UNIT)}"
        for name, values in _others(days)
        if values[place] is not None
    ]
    return own + (f"同じ時期に、{'、'.join(others)}でした。" if others else "")


def _alignments(align: str) -> list[tuple[str, str, bool]]:
    """Value for the address, label, and whether it is in force."""
    return [(value, label, value == align) for value, label in ALIGNED.items()]


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"
