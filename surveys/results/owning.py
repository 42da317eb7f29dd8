"""What the person's own organization answered, to be laid beside the results."""

from dataclasses import dataclass

from accounts.models import Organization, User
from surveys.compilation.columns import answer_columns
from surveys.compilation.tallies import Tally, options_in
from surveys.models import Assignment, Release, Submission
from surveys.questionnaire import Questionnaire
from surveys.responses import questionnaire_of
from surveys.states import HANDED_IN_STATES


@dataclass(frozen=True, slots=True)
class Own:
    """The organization, and by key of a column its number or the labels that it chose."""

    organization: Organization
    numbers: dict[str, float]
    chosen: dict[str, frozenset[str]]


def own_answers(user: User, release: Release) -> Own | None:
    """Of the submission in force of the person's organization, where it has handed in, read by the
    revision by which all were counted: three queries. Of a predecessor's in a merger nothing: its
    successor answers.
    """
    own = Assignment.objects.for_organizations_of(user).counted()
    handed_in = own.filter(survey=release.survey_id, state__in=HANDED_IN_STATES)
    asked = handed_in.select_related("organization").order_by("pk").first()
    if asked is None:
        return None
    submission = Submission.objects.filter(assignment=asked, ended_at__isnull=True).first()
    return _as_cells(asked.organization, submission, _counted_by(release))


def _counted_by(release: Release) -> Questionnaire:
    """The questionnaire that was in force at the release."""
    published = release.survey.revisions.filter(published_at__lte=release.released_at)
    return questionnaire_of(published.defer("document").order_by("-number")[0])


def _as_cells(
    organization: Organization, submission: Submission | None, questionnaire: Questionnaire
) -> Own:
    found = Own(organization, {}, {})
    if submission is None:
        return found
    for column in answer_columns(questionnaire.fields, {}):
        cell = column.converter({})(submission.values.get(column.field.key))
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            found.numbers[column.key] = cell
        elif chosen := options_in(cell, Tally(column).options):
            found.chosen[column.key] = frozenset(chosen)
    return found
