"""The figures of the page are those of the sheet 集計 of a compilation of the same moment."""

from typing import Any

import pytest

from surveys.analysis.counting import Analysis, Counted
from surveys.analysis.offered import offered
from surveys.analysis.splitting import ATTRIBUTES
from surveys.compilation.groups import NATION
from surveys.models import Survey
from tests.surveys.analysis.surveyed import analysis_of, everything_answered
from tests.surveys.compilation.made import compiled, rows_of

pytestmark = pytest.mark.django_db(transaction=True)
Row = dict[str, Any]
_FIGURES = ("#sum", "#mean", "#least", "#lower", "#median", "#upper", "#most")


def lines(found: Analysis, division: str, groups: list[Counted]) -> list[Row]:
    """As the sheet writes them."""
    return [
        line
        for group in groups
        for line in _of_group(found, {"#division": division, "#group": group.name}, group)
    ]


def _of_group(found: Analysis, head: Row, group: Counted) -> list[Row]:
    counts = {
        "#asked": group.handed_in,
        "#answered": group.answered,
        "#blank": group.blank,
        "#none": group.none,
        "#not_applicable": group.not_applicable,
    }
    figures = group.figures
    numbers = dict.fromkeys(_FIGURES) if figures is None else _numbers(figures)
    shared = head | {"#field": found.column.key} | counts | numbers
    if not found.options:
        return [shared | {"#option": None, "#chosen": None, "#share": None}]
    return [
        shared | {"#option": option, "#chosen": times, "#share": group.share(option)}
        for option, times in group.chosen.items()
    ]


def _numbers(figures: Any) -> Row:
    names = ("total", "mean", "least", "lower", "median", "upper", "most")
    return {key: getattr(figures, name) for key, name in zip(_FIGURES, names, strict=True)}


def of_sheet(survey: Survey) -> list[Row]:
    rows = rows_of(compiled(survey), "集計")
    return [{key: row[key] for key in row if key not in ("#label", "#unit")} for row in rows]


def test_every_question_by_every_attribute_equals_the_sheet() -> None:
    survey = everything_answered()
    sheet = of_sheet(survey)
    keys = list(dict.fromkeys(str(row["#field"]) for row in sheet))
    divisions = {word: title for word, title in ATTRIBUTES.items() if word != "health_center"}

    for key in keys:
        whole = analysis_of(survey, key)
        named = whole.whole
        mine = [row | {"#group": NATION} for row in lines(whole, NATION, [named])]
        for word, title in divisions.items():
            found = analysis_of(survey, key, word)
            mine += lines(found, title, found.groups)
        theirs = [row for row in sheet if row["#field"] == key]
        order = [NATION, *divisions.values()]
        theirs.sort(key=lambda row: order.index(row["#division"]))
        assert mine == theirs, key

    assert keys == list(offered(survey).columns)
