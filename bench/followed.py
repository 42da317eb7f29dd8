"""A survey of 300 questions to 1,788 organizations in the minute before its deadline, with the
earlier surveys of its division.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import Division, Membership, Organization, User
from accounts.states import DivisionKind, Role
from bench.answering import Desk, full_desks
from surveys.actions import create_survey, open_survey
from surveys.dashboard.curves import EARLIER
from surveys.models import Assignment, Survey
from surveys.questionnaire.findings import Level
from surveys.responses import load_response

ORGANIZATIONS = 1_788
_OPEN_DAYS = 30
# Plausible answers leave out what only the list of organizations knows.
_NAMED = """
INSERT INTO surveys_answer
    (assignment_id, field, value, revision, updated_at, updated_by_id, origin)
SELECT assignment.id, field, to_jsonb(%s::text), 1, now(), %s, 'typed'
FROM surveys_assignment assignment, unnest(%s::text[]) AS field
WHERE assignment.survey_id = %s
"""
_CODE = "010006"
_SHORT = {
    "sections": [
        {
            "id": "s",
            "title": "節",
            "questions": [{"id": "q", "type": "yesno", "label": "有無", "required": False}],
        }
    ],
    "rules": [],
}
# All prefectures; the kinds of those that do not hand in: their questions would change with them.
_SPREAD = """
UPDATE accounts_organization place
SET prefecture_code = lpad((place.id %% 47 + 1)::text, 2, '0'),
    prefecture_name = '第' || (place.id %% 47 + 1),
    answers_need_approval = false,
    kind = CASE WHEN asked.number <= %s THEN place.kind
                ELSE (ARRAY['city', 'town', 'core_city', 'village'])[1 + place.id %% 4] END
FROM (SELECT organization.id, row_number() OVER (ORDER BY organization.code) AS number
      FROM surveys_assignment assignment
      JOIN accounts_organization organization ON organization.id = assignment.organization_id
      WHERE assignment.survey_id = %s) asked
WHERE asked.id = place.id
"""
# Of those behind the first ones: half handed in, one in ten that nothing applies; the others have
# begun or not. Some have more time.
_STAND = """
UPDATE surveys_assignment SET
    state = CASE n %% 10 WHEN 0 THEN 'not_applicable' WHEN 1 THEN 'not_started'
        WHEN 2 THEN 'drafting' WHEN 3 THEN 'returned' WHEN 4 THEN 'drafting' ELSE 'submitted' END,
    not_applicable_reason = CASE n %% 10 WHEN 0 THEN '対象の事業がない' ELSE '' END,
    extended_to = CASE WHEN n %% 17 = 0 THEN %s::date END,
    submitted_at = CASE WHEN n %% 10 IN (0, 5, 6, 7, 8, 9)
        THEN now() - make_interval(days => (n %% %s)::int) END,
    submitted_by_id = CASE WHEN n %% 10 IN (0, 5, 6, 7, 8, 9) THEN %s END,
    receipt_number = CASE WHEN n %% 10 IN (0, 5, 6, 7, 8, 9) THEN 'R' || assignment.id END
FROM (SELECT assignment.id, row_number() OVER (ORDER BY organization.code) AS n
      FROM surveys_assignment assignment
      JOIN accounts_organization organization ON organization.id = assignment.organization_id
      WHERE assignment.survey_id = %s) numbered
JOIN surveys_assignment assignment USING (id)
WHERE surveys_assignment.id = numbered.id AND n > %s
"""
_SUBMISSIONS = """
INSERT INTO surveys_submission
    (assignment_id, number, receipt_number, submitted_at, submitted_by_id, revision_id, deadline,
     "values", reasons, not_applicable_reason, end_reason)
SELECT id, 1, receipt_number, submitted_at, submitted_by_id, revision_id, now(), '{}', '{}',
       not_applicable_reason, ''
FROM surveys_assignment WHERE submitted_at IS NOT NULL AND survey_id = %s
"""
_SINCE = """
UPDATE surveys_survey SET opened_at = opened_at - make_interval(days => %s),
    opens_on = %s, due_on = %s, previous_id = %s
WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class Followed:
    """The survey, who runs it, somebody of a prefecture, and the officers about to hand in."""

    survey: Survey
    drafter: User
    prefecture: User
    desks: Sequence[Desk]


def survey_before_its_deadline(officers: int, organizations: int = ORGANIZATIONS) -> Followed:
    """Every response is full; those of the officers are the first ones."""
    desks = full_desks(organizations)
    survey = desks[0].assignment.survey
    drafter = survey.created_by
    _name_organizations(desks[0])
    earlier = [_earlier(survey, drafter, number) for number in range(EARLIER, 0, -1)]
    _ask(_SPREAD, [officers, survey.pk])
    _settle(survey, drafter, officers)
    _since(survey, _OPEN_DAYS, 0, earlier[-1])
    _ask("ANALYZE", [])
    return Followed(Survey.objects.get(pk=survey.pk), drafter, _of_a_prefecture(), desks[:officers])


def _name_organizations(desk: Desk) -> None:
    """Answer the questions that ask for one, in every response."""
    asked = Assignment.objects.with_survey().get(pk=desk.assignment.pk)
    findings = load_response(asked).evaluation.findings
    blank = [key for one in findings if one.level == Level.BLANK for key in one.field_keys]
    _ask(_NAMED, [_CODE, desk.officer.pk, blank, asked.survey_id])


def _earlier(survey: Survey, drafter: User, number: int) -> Survey:
    """One of the division's, which asked the same organizations some months before."""
    earlier = create_survey(
        _SHORT,
        by=drafter,
        division=survey.division,
        title=f"{number}回前の調査",
        purpose="測定",
        fiscal_year=2026,
        opens_on=survey.opens_on,
        due_on=survey.due_on,
        notify_by_mail=False,
        stored_audience=survey.stored_audience,
    )
    open_survey(earlier, by=drafter)
    _settle(earlier, drafter, 0)
    _since(earlier, 60 * number + _OPEN_DAYS, 60 * number, None)
    return earlier


def _settle(survey: Survey, drafter: User, officers: int) -> None:
    later = timezone.localdate() + timedelta(days=7)
    _ask(_STAND, [later, _OPEN_DAYS, drafter.pk, survey.pk, officers])
    _ask(_SUBMISSIONS, [survey.pk])


def _since(survey: Survey, opened: int, due: int, previous: Survey | None) -> None:
    """Opened and due so many days ago."""
    days = [timezone.localdate() - timedelta(days=ago) for ago in (opened, due)]
    _ask(_SINCE, [opened, *days, previous.pk if previous else None, survey.pk])


def _of_a_prefecture() -> User:
    place = Organization.objects.get(code="980000")
    division = Division.objects.create(
        organization=place, code="window", name="窓口", kind=DivisionKind.WINDOW, is_window=True
    )
    user: User = User.objects.create(email="prefecture@example.jp", name="県の職員")
    Membership.objects.create(user=user, division=division, roles=[Role.VIEWER])
    return user


def _ask(statement: str, parameters: Sequence[int | str | date | list[str] | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
