"""The figures of the page are those of the sheet 集計 of a compilation of the same moment."""

from copy import deepcopy
from typing import Any

import pytest

from accounts.states import Role
from surveys.actions import begin_revision, publish_revision
from surveys.analysis.counting import Analysis, Counted
from surveys.analysis.offered import offered
from surveys.analysis.splitting import ATTRIBUTES
from surveys.compilation.groups import NATION
from surveys.models import Survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import DOCUMENT, assignment_of, running_survey, submitted
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
    mine, theirs = both_ways(everything_answered())

    assert mine == theirs


def test_so_does_a_question_that_a_revision_removed() -> None:
    before, after = OrganizationFactory.create_batch(2)
    survey = running_survey(before, after)
    officer = person_at(before)
    submitted(assignment_of(survey, before), officer, ways=["1"])
    document = deepcopy(DOCUMENT)
    questions = document["sections"][0]["questions"]
    questions.remove(next(question for question in questions if question["id"] == "ways"))
    begin_revision(survey, by=survey.created_by, reason="不要な設問")
    survey.revisions.filter(number=2).update(document=document)
    publish_revision(survey, by=person_at(survey.division, Role.APPROVER), confirmed=True)
    submitted(assignment_of(survey, before), officer)
    submitted(assignment_of(survey, after))

    mine, theirs = both_ways(survey)

    assert mine == theirs
    assert analysis_of(survey, "ways").whole.chosen == {"電話": 1, "面談": 0, "特になし": 0}
    assert offered(survey).questions[-1] == ("【改訂で削除】設問", [("ways", "相談の方法")])


def both_ways(survey: Survey) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Every item by its key, in all and in each group: as analysed, and as on the sheet."""
    sheet = of_sheet(survey)
    divisions = {word: title for word, title in ATTRIBUTES.items() if word != "health_center"}
    order = [NATION, *divisions.values()]
    sheet.sort(key=lambda row: order.index(row["#division"]))
    theirs: dict[str, list[Row]] = {key: [] for key in offered(survey).columns}
    for row in sheet:
        theirs[str(row["#field"])].append(row)
    mine = {}
    for key in theirs:
        whole = analysis_of(survey, key)
        mine[key] = [row | {"#group": NATION} for row in lines(whole, NATION, [whole.whole])]
        for word, title in divisions.items():
            found = analysis_of(survey, key, word)
            mine[key] += lines(found, title, found.groups)
    return mine, theirs
