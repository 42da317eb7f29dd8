"""Organizations with a response of the stress questionnaire, as full as it can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from django.db import connection

from accounts.audience import AudienceRule
from accounts.models import Division, Membership, Organization, User
from accounts.states import DivisionKind, Kind, Level, Role
from surveys.actions import create_survey, open_survey, save_answers
from surveys.models import Assignment, Survey
from surveys.questionnaire import to_json
from surveys.questionnaire.plausible import plausible_answers
from surveys.responses import questionnaire_of, respondent_of
from tests.factories.stress import stress_questionnaire

FIELD, SECTION = "s0-since", "s0"
"""A day that is in no formula: saving it writes one row of answers."""
_OTHERS = """
INSERT INTO surveys_answer
    (assignment_id, field, value, revision, updated_at, updated_by_id, origin)
SELECT other.id, answer.field, answer.value, 1, now(), answer.updated_by_id, answer.origin
FROM surveys_answer answer, surveys_assignment other
WHERE answer.assignment_id = %s AND other.id <> answer.assignment_id
"""


def day(number: int) -> str:
    """An answer to FIELD; another one for the next number."""
    return f"2021-04-{1 + number % 28:02}"


@dataclass(frozen=True, slots=True)
class Desk:
    """An officer, the response that is theirs to write, and the revision of its FIELD."""

    officer: User
    assignment: Assignment
    revision: int = 1


def full_desks(count: int) -> list[Desk]:
    """That many villages in one open survey, each with an officer and the same full answers."""
    offices = [_village(number) for number in range(count)]
    survey = _open_survey([place for place, _ in offices])
    asked = {a.organization_id: a for a in survey.assignments.select_related("survey")}
    desks = [Desk(officer, asked[place.pk]) for place, officer in offices]
    _fill(desks[0])
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [desks[0].assignment.pk])
        cursor.execute("UPDATE surveys_assignment SET state = 'drafting'")
        cursor.execute("ANALYZE")
    return desks


def _fill(desk: Desk) -> None:
    current = Assignment.objects.with_survey().get(pk=desk.assignment.pk)
    questionnaire = questionnaire_of(current.revision)
    respondent = respondent_of(current.organization)
    values = plausible_answers(questionnaire, respondent, Random(20261123))  # noqa: S311 - the same in every run
    changes: dict[str, tuple[object, int]] = {key: (to_json(v), 0) for key, v in values.items()}
    save_answers(current, by=desk.officer, changes=changes)


def _village(number: int) -> tuple[Organization, User]:
    prefecture, _ = Organization.objects.get_or_create(
        code="980000", name="架空県", level=Level.PREFECTURE, kind=Kind.PREFECTURE
    )
    place = Organization.objects.create(
        code=f"99{number:04}",
        name=f"第{number}村",
        level=Level.MUNICIPALITY,
        kind=Kind.VILLAGE,
        prefecture=prefecture,
        prefecture_code="47",
    )
    window = _division(place, is_window=True)
    return place, _person(window, f"officer{number}@example.jp")


def _open_survey(places: Sequence[Organization]) -> Survey:
    ministry = Organization.objects.create(
        code="mhlw", name="厚生労働省", level=Level.MINISTRY, kind=Kind.MINISTRY
    )
    division = _division(ministry)
    drafter = _person(division, "drafter@example.jp")
    survey = create_survey(
        stress_questionnaire(),
        by=drafter,
        division=division,
        title="負荷の調査",
        purpose="測定",
        fiscal_year=2026,
        opens_on=date(2026, 11, 1),
        due_on=date(2099, 12, 11),
        notify_by_mail=False,
        stored_audience=AudienceRule(codes=[place.code for place in places]).to_json(),
    )
    open_survey(survey, by=drafter)
    return survey


def _division(place: Organization, *, is_window: bool = False) -> Division:
    kind = DivisionKind.WINDOW if is_window else DivisionKind.DIVISION
    return Division.objects.create(
        organization=place, code="window", name="窓口", kind=kind, is_window=is_window
    )


def _person(division: Division, email: str) -> User:
    user: User = User.objects.create(email=email, name=email)
    roles = [Role.DRAFTER, Role.APPROVER]
    Membership.objects.create(user=user, division=division, roles=roles)
    return user
