"""Surveys with results, and results that were released."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from accounts.models import Organization, User
from surveys.actions import close_survey
from surveys.models import Release, Survey
from surveys.results.frozen import (
    Answers,
    Head,
    ReleasedColumn,
    ReleasedGroup,
    ReleasedSection,
    Results,
    Shown,
    to_json,
)
from surveys.states import ReleaseScope
from tests.factories.accounts import OrganizationFactory, PrefectureFactory
from tests.factories.surveys import assignment_of, running_survey, submitted


def results() -> Results:
    """Of 30 towns of one prefecture: how many people, and whether there is a desk."""
    staff = Shown(30, (), 4.0, 7.0, 12.5)
    few, desk = Shown(None), Shown(30, (18, 12))
    head = Head(
        taken_at=datetime(2026, 11, 24, 1, 2, tzinfo=UTC),
        asked=34,
        handed_in=30,
        smallest=3,
        kinds=(ReleasedGroup("町", 28), ReleasedGroup("村", None)),
        prefectures=(ReleasedGroup("東京都", 30),),
        sections=(("s1", "体制"), ("s2", "実績")),
    )
    number = ReleasedColumn(
        "staff",
        "staff",
        "職員数",
        "職員数",
        "人",
        Answers.NUMBER,
        (),
        staff,
        (staff, few),
        (staff,),
    )
    choice = ReleasedColumn(
        "desk",
        "desk",
        "窓口の有無",
        "窓口の有無",
        "",
        Answers.ONE,
        ("はい", "いいえ"),
        desk,
        (desk, few),
        (desk,),
    )
    second = ReleasedColumn(
        "cases.new.m",
        "cases",
        "相談件数",
        "相談件数／新規／男",
        "件",
        Answers.NUMBER,
        (),
        staff,
        (staff, few),
        (staff,),
    )
    sections = (
        ReleasedSection("s1", "体制", (number, choice)),
        ReleasedSection("s2", "実績", (second,)),
    )
    return Results(head, sections)


def release_of(survey: Survey, *, by: User, is_public: bool = False, **fields: Any) -> Release:
    """A release in force of the survey, with made-up figures."""
    values: dict[str, Any] = {
        "number": 1,
        "scope": ReleaseScope.ANSWERED,
        "question_ids": ["staff", "desk", "cases"],
        "figures": to_json(results()),
        "public_key": uuid4() if is_public else None,
        "note": "研修の計画に用いました。",
    } | fields
    return Release.objects.create(survey=survey, released_by=by, **values)


def closed_survey(*staff: int, organizations: list[Organization] | None = None) -> Survey:
    """Closed, and answered by a town for each number of staff; all are of one prefecture."""
    places = organizations or towns(len(staff))
    survey = running_survey(*places)
    for place, number in zip(places, staff, strict=True):
        submitted(assignment_of(survey, place), staff=str(number))
    close_survey(survey, by=survey.created_by)
    survey.refresh_from_db()
    return survey


def towns(count: int) -> list[Organization]:
    """Towns of one prefecture."""
    return OrganizationFactory.create_batch(count, prefecture=PrefectureFactory.create())
