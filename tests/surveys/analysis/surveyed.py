"""A survey of every kind of question, answered by organizations of several kinds and places."""

from typing import Any

from accounts.states import Kind
from surveys.actions import declare_not_applicable
from surveys.analysis.asked import Asked
from surveys.analysis.counting import Analysis, analysed
from surveys.analysis.offered import offered
from surveys.models import Survey
from tests.factories.accounts import (
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.surveys import DOCUMENT, assignment_of, running_survey, submitted
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import number

SECTION: dict[str, Any] = {
    "id": "new",
    "title": "新しい形式",
    "questions": [
        number("n1", allow_none=True),
        *ALL_NEW,
        number("behind", visible_if={"q": "sum", "op": "gt", "value": 15}),
    ],
}
EVERYTHING = DOCUMENT | {"sections": [*DOCUMENT["sections"], SECTION]}
ANSWERS: list[dict[str, Any]] = [
    {"n1": "20", "form": "1", "ways": ["1", "2"], "rank": ["c", "a"], "money": "1,000"},
    {"n1": "7", "form": "9", "form__9": "団体", "ways": ["0"], "table__r1__n": "5"},
    {"n1": "0", "matrix__r2": "b", "more__1__n": "0", "more__2__n": "7", "scale": "4"},
    {"n1": {"none": True}, "since": "2026-04-01", "year": "2026", "month": "2026-11"},
    {
        "staff": "8",
        "desk": "true",
        "name": "総合窓口",
        "cases__new__m": "9",
        "cases__new__f": "0",
        "cases__old__m": "1",
        "cases__old__f": "2",
        "note": "特になし",
        "n1": "12",
        "table__r1__n": "9",
        "behind": "3",
    },
    {"n1": "9", "share": "12.5", "ways": ["2"], "form": "1", "table__r2__y": "false"},
]


def everything_answered() -> Survey:
    """Six have answered, one says that nothing applies, one owes."""
    first, second = (PrefectureFactory.create(code=code) for code in ("130001", "140007"))
    places = [
        OrganizationFactory.create(
            prefecture=first if number % 2 else second,
            kind=Kind.VILLAGE if number % 3 else Kind.CITY,
            has_health_center=number % 3 == 0,
        )
        for number in range(len(ANSWERS) + 2)
    ]
    survey = running_survey(*places, document=EVERYTHING)
    for place, answers in zip(places, ANSWERS, strict=False):
        submitted(assignment_of(survey, place), **({"more__1__n": "1"} | answers))
    idle = places[len(ANSWERS)]
    declare_not_applicable(assignment_of(survey, idle), by=person_at(idle), reason="事業がない。")
    return survey


def analysis_of(survey: Survey, key: str, by: str = "", **options: bool) -> Analysis:
    """The analysis of one question or item."""
    found = offered(survey)
    return analysed(survey, found, Asked(found.columns[key], by, **options))
