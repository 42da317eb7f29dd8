"""What the person's own organization answered, to be laid beside the results."""

from dataclasses import dataclass

from accounts.models import Organization, User
from surveys.compilation.cells import BETWEEN
from surveys.compilation.codes import NoneApplies
from surveys.compilation.columns import answer_columns
from surveys.models import Assignment, Submission, Survey
from surveys.responses import questionnaire_of
from surveys.states import HANDED_IN_STATES


@dataclass(frozen=True, slots=True)
class Own:
    """The organization, and by key of a column its number or the labels that it chose."""

    organization: Organization
    numbers: dict[str, float]
    chosen: dict[str, frozenset[str]]


def own_answers(user: User, survey: Survey) -> Own | None:
    """Of the submission in force of the person's organization, where it has handed in: two
    queries. Of a predecessor's in a merger nothing: its successor answers.
    """
    own = Assignment.objects.for_organizations_of(user).counted()
    handed_in = own.filter(survey=survey, state__in=HANDED_IN_STATES)
    asked = handed_in.select_related("organization").order_by("pk").first()
    if asked is None:
        return None
    submission = (
        Submission.objects.filter(assignment=asked, ended_at__isnull=True)
        .select_related("revision")
        .defer("revision__document")
        .first()
    )
    return _as_cells(asked.organization, submission)


def _as_cells(organization: Organization, submission: Submission | None) -> Own:
    found = Own(organization, {}, {})
    if submission is None:
        return found
    for column in answer_columns(questionnaire_of(submission.revision).fields, {}):
        cell = column.converter({})(submission.values.get(column.field.key))
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            found.numbers[column.key] = cell
        elif isinstance(cell, str) and not isinstance(cell, NoneApplies):
            found.chosen[column.key] = frozenset(cell.split(BETWEEN))
    return found
