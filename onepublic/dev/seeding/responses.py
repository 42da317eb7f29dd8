"""Plausible answers of most organizations, written by COPY: 200,000 answers in seconds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from accounts.models import User
from onepublic.dev.seeding.people import KANAGAWA, KIYOKAWA, YOKOHAMA, window_email
from surveys.actions.submission import receipt_number
from surveys.models import Assignment, Survey
from surveys.questionnaire import evaluate, to_json
from surveys.questionnaire.plausible import plausible_answers
from surveys.responses import questionnaire_of, respondent_of
from surveys.states import AssignmentState

CLOSED_AFTER = timedelta(days=14)
"""Behind its deadline a sample survey is closed."""
SUBMITTING, DRAFTING = 0.67, 0.75
"""Shares of those who submitted, and of those who at least began, when the deadline has passed."""
REASON = "実績を確認済みです（見本）。"
RESULTS = """
CREATE TEMPORARY TABLE demo_results (
    id bigint, state text, last_answer_at timestamptz, submitted_at timestamptz,
    submitted_by_id bigint, receipt_number text
) ON COMMIT DROP
"""
APPLY = """
UPDATE surveys_assignment a
SET state = r.state, last_answer_at = r.last_answer_at, submitted_at = r.submitted_at,
    submitted_by_id = r.submitted_by_id, receipt_number = r.receipt_number
FROM demo_results r WHERE r.id = a.id
"""
AUDIT = """
INSERT INTO audit_auditevent (at, action, actor_id, target_type, target_id, detail)
SELECT submitted_at, 'assignment.submitted', submitted_by_id, 'surveys.assignment', id,
       jsonb_build_object('receipt_number', receipt_number, 'loaded_by', 'load_demo')
FROM demo_results WHERE submitted_at IS NOT NULL
"""
ANSWER_COLUMNS = "assignment_id, field, value, revision, updated_at, updated_by_id"
SUBMISSION_COLUMNS = (
    "assignment_id, number, receipt_number, submitted_at, submitted_by_id, revision_id, deadline,"
    " values, reasons, not_applicable_reason, end_reason"
)
REASON_COLUMNS = "assignment_id, rule_id, reason, updated_at, updated_by_id"


@dataclass(frozen=True, slots=True)
class SampleResponse:
    """What one organization has answered so far; ``submitted`` says whether it is finished."""

    assignment: Assignment
    person_id: int
    answers: dict[str, object]
    warnings: list[str]
    at: datetime
    submitted: bool

    @property
    def result(self) -> tuple[object, ...]:
        """A row of ``demo_results``."""
        if not self.submitted:
            return (self.assignment.pk, AssignmentState.DRAFTING, self.at, None, None, None)
        receipt = receipt_number(self.assignment)
        state = AssignmentState.SUBMITTED
        return (self.assignment.pk, state, self.at, self.at, self.person_id, receipt)

    @property
    def submission(self) -> tuple[object, ...]:
        """A row of SUBMISSION_COLUMNS."""
        assignment, person = self.assignment, self.person_id
        reasons = json.dumps(dict.fromkeys(self.warnings, REASON))
        made = (assignment.pk, 1, receipt_number(assignment), self.at, person)
        about = (assignment.revision_id, assignment.deadline, json.dumps(self.answers), reasons)
        return (*made, *about, "", "")


def load_responses(survey: Survey, *, everybody: bool = False) -> int:
    """Let most of the asked organizations answer, or ``everybody``; return how many. Seeded by
    the survey.
    """
    responses = list(_responses(survey, everybody=everybody))
    _copy(
        f"surveys_answer ({ANSWER_COLUMNS})",
        (
            (one.assignment.pk, field, json.dumps(value), 1, one.at, one.person_id)
            for one in responses
            for field, value in one.answers.items()
        ),
    )
    _copy(
        f"surveys_warningreason ({REASON_COLUMNS})",
        (
            (one.assignment.pk, rule, REASON, one.at, one.person_id)
            for one in responses
            for rule in one.warnings
        ),
    )
    _copy(
        f"surveys_submission ({SUBMISSION_COLUMNS})",
        (one.submission for one in responses if one.submitted),
    )
    with connection.cursor() as cursor:
        cursor.execute(RESULTS)
        _copy("demo_results", (one.result for one in responses))
        cursor.execute(APPLY)
        cursor.execute(AUDIT)
        cursor.execute("DROP TABLE demo_results")
    return len(responses)


def _responses(survey: Survey, *, everybody: bool) -> Iterator[SampleResponse]:
    random = Random(survey.title)  # noqa: S311 - a picture, not a secret
    people = dict(User.objects.filter(is_demo=True).values_list("email", "pk"))
    asked = survey.assignments.select_related("survey", "revision", "organization__regional_bureau")
    opened, now = survey.opened_at or timezone.now(), timezone.now()
    is_open = now < survey.deadline + CLOSED_AFTER
    elapsed = min((now - opened) / (survey.deadline - opened), 1.0)
    for assignment in asked.order_by("organization__code"):
        share, moment = random.random(), random.random() ** 0.5
        share = 0.0 if everybody else share
        code = assignment.organization.code
        to_be_tried = is_open and code in {KANAGAWA, YOKOHAMA, KIYOKAWA}
        if share > DRAFTING * elapsed or to_be_tried:
            continue
        at = opened + (min(survey.deadline, now) - opened) * moment
        submitted = share <= SUBMITTING * elapsed
        person = people[window_email(code)]
        yield _response(assignment, person, at, random, submitted=submitted)


def _response(
    assignment: Assignment, person_id: int, at: datetime, random: Random, *, submitted: bool
) -> SampleResponse:
    questionnaire = questionnaire_of(assignment.revision)
    respondent = respondent_of(assignment.organization)
    values = plausible_answers(questionnaire, respondent, random)
    if not submitted:
        values = dict(list(values.items())[: len(values) // 2])
    warnings = [
        finding.rule_id
        for finding in evaluate(questionnaire, values, respondent).warnings
        if submitted and finding.rule_id
    ]
    answers = {field: to_json(value) for field, value in values.items()}
    return SampleResponse(assignment, person_id, answers, warnings, at, submitted)


def _copy(target: str, rows: Iterator[tuple[object, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
