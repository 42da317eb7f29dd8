"""The counts of a survey's page: in all, by prefecture and by kind of organization."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils import timezone

from accounts.querysets import OUTSIDE_PREFECTURES
from onepublic.core.charts import bar_chart, share_map
from onepublic.core.requests import Request
from onepublic.core.sorting import Column, heads, order_in_force, ordered
from surveys.dashboard.counting import Row, counted
from surveys.models import Survey
from surveys.querysets import AssignmentQuerySet
from surveys.standings import Standing
from surveys.states import PrefecturePart
from surveys.views.days import curve_of

FIGURES: Final = (
    Standing.ANSWERED,
    Standing.NOT_APPLICABLE,
    Standing.WORKING,
    Standing.NOT_STARTED,
    Standing.OVERDUE,
)
BY_PREFECTURE: Final = (
    Column("都道府県", "code"),
    Column("依頼", "asked", numeric=True),
    *(Column(str(each.label), str(each), numeric=True) for each in FIGURES),
    Column("提出率", "share", numeric=True),
)
BY_KIND: Final = (Column("種別"), *(Column(each.label, numeric=True) for each in BY_PREFECTURE[1:]))


def dashboard_of(request: Request, survey: Survey, progress: AssignmentQuerySet) -> dict[str, Any]:
    """What ``surveys/survey.html`` shows of the assignments in ``progress``."""
    found = counted(progress)
    return {
        "at": timezone.now(),
        "total": found.total,
        "total_cells": [found.total[each] for each in FIGURES],
        "figures": _figures(survey, found.total),
        **curve_of(request, survey),
        **_by_prefecture(request, found.prefectures),
        **_by_kind(request, found.kinds),
    }


def _figures(survey: Survey, total: Row) -> list[tuple[str, str, int]]:
    """Standing, label and number: the five, then those that this survey has."""
    checked = survey.prefecture_part == PrefecturePart.CHECK
    further = [
        standing
        for standing in (Standing.RETURNED, Standing.CONFIRMING, Standing.ACCEPTED)
        if total[standing] or (checked and standing == Standing.CONFIRMING)
    ]
    return [(str(each), str(each.label), total[each]) for each in (*FIGURES, *further)]


def _by_prefecture(request: Request, rows: Sequence[Row]) -> dict[str, Any]:
    """The table in the order asked for, and the map where there is more than one prefecture."""
    order = order_in_force(request.GET, BY_PREFECTURE, default=BY_PREFECTURE[0].key)
    return {
        "prefectures": [
            _line(row, "prefecture", row["code"] or OUTSIDE_PREFECTURES)
            for row in ordered(rows, order)
        ],
        "columns": heads(request.GET, BY_PREFECTURE, order=order, anchor="prefectures"),
        "chart": share_map((row["code"], row["submitted"], row["asked"]) for row in rows),
    }


def _by_kind(request: Request, rows: Sequence[Row]) -> dict[str, Any]:
    """The kinds in their official order, as a table and as bars."""
    shares = [(row["label"], round(100 * row["share"], 1)) for row in rows]
    return {
        "kinds": [_line(row, "kind", row["code"]) for row in rows],
        "kind_columns": heads(request.GET, BY_KIND, order=""),
        "bars": bar_chart(shares, unit="%", whole=100),
    }


def _line(row: Row, name: str, value: str) -> Row:
    """The row with the part of the address that chooses it, and its counts with their words."""
    return row | {
        "chosen": f"{name}={value}",
        "cells": [(str(each), row[each]) for each in FIGURES],
    }
