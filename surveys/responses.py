"""A response as a whole: the questionnaire, what was answered, and everything that follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from accounts.models import Organization
from surveys.held import Answers, read_answers
from surveys.models import (
    Assignment,
    QuestionnaireRevision,
    Submission,
    WarningReason,
)
from surveys.preceding import Before, rounds_before, values_before
from surveys.questionnaire import (
    Evaluation,
    Finding,
    Questionnaire,
    Respondent,
    evaluate,
    parse_questionnaire,
)
from surveys.states import Origin


@dataclass(frozen=True, slots=True)
class Response:
    """One assignment at one moment. ``answers`` by field key, ``reasons`` by rule id;
    ``previous``: the values of the previous round by field key, None where there is none;
    ``merged``: the organizations of the previous round where there were several.
    """

    assignment: Assignment
    questionnaire: Questionnaire
    answers: Answers
    reasons: Mapping[str, WarningReason]
    evaluation: Evaluation
    previous: Mapping[str, object] | None = None
    merged: tuple[Before, ...] = ()

    @property
    def values(self) -> dict[str, object]:
        """The stored JSON values by field key."""
        return self.answers.stored

    @property
    def unexplained(self) -> list[Finding]:
        """The warnings for which nobody has given a reason yet."""
        return [found for found in self.evaluation.warnings if found.rule_id not in self.reasons]

    @property
    def explained(self) -> list[tuple[Finding, str]]:
        """The warnings with the reason that was given."""
        warnings = self.evaluation.warnings
        given = {rule_id: reason.reason for rule_id, reason in self.reasons.items()}
        return [(f, given[f.rule_id]) for f in warnings if f.rule_id in given]

    @property
    def unconfirmed(self) -> list[str]:
        """The visible fields, in order, with a value of the last round that nobody confirmed."""
        found = self.answers.unconfirmed() & self.evaluation.visible_fields
        if not found:
            return []  # as nearly always: the questionnaire may have hundreds of fields
        return [field.key for field in self.questionnaire.fields if field.key in found]

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of submitting."""
        return self.evaluation.ready and not self.unexplained and not self.unconfirmed


def load_response(assignment: Assignment) -> Response:
    """The response of an assignment that was loaded ``with_survey()``: two queries."""
    return respond(assignment, read_answers(assignment.pk))


def respond(
    assignment: Assignment,
    answers: Answers,
    reasons: Mapping[str, WarningReason] | None = None,
) -> Response:
    """The response that these answers make; one query for the reasons, unless they are given."""
    if reasons is None:
        reasons = {reason.rule_id: reason for reason in assignment.warning_reasons.all()}
    return _respond(assignment, assignment.revision, answers, reasons)


def response_as_submitted(submission: Submission, proxied: Iterable[str] = ()) -> Response:
    """The response as it was handed in, whatever was written since: no query. ``proxied``: the
    fields that a prefecture wrote.
    """
    assignment = submission.assignment
    written = submission.values.keys() & set(proxied)
    answers = Answers(submission.values, origins=dict.fromkeys(written, Origin.PROXY))
    reasons = {
        rule: WarningReason(assignment=assignment, rule_id=rule, reason=reason)
        for rule, reason in submission.reasons.items()
    }
    return _respond(assignment, submission.revision, answers, reasons)


def _respond(
    assignment: Assignment,
    revision: QuestionnaireRevision,
    answers: Answers,
    reasons: Mapping[str, WarningReason],
) -> Response:
    questionnaire, rounds = questionnaire_of(revision), rounds_before(assignment)
    previous = values_before(rounds)
    evaluation = evaluate(
        questionnaire,
        answers.stored,
        respondent_of(assignment.organization),
        explained=reasons.keys(),
        previous=previous,
    )
    merged = tuple(rounds) if len(rounds) > 1 else ()
    return Response(assignment, questionnaire, answers, reasons, evaluation, previous, merged)


def previous_values(assignment: Assignment) -> Mapping[str, object] | None:
    """What the organization answered in the previous round, by field key; None where there is no
    such round, nothing was handed in, or several organizations were merged into it since.
    """
    return values_before(rounds_before(assignment))


def questionnaire_of(revision: QuestionnaireRevision) -> Questionnaire:
    """The parsed questions; a published revision never changes and is parsed once a process."""
    if revision.published_at is None:
        return parse_questionnaire(revision.document)
    return _published(revision.pk, revision.published_at)


@lru_cache(maxsize=32)
def _published(revision_id: int, published_at: datetime) -> Questionnaire:
    """The moment is part of the key so that a restored database can't meet an old entry."""
    stored = QuestionnaireRevision.objects.values_list("document", flat=True)
    return parse_questionnaire(stored.get(pk=revision_id))


def respondent_of(organization: Organization) -> Respondent:
    """The attributes of the organization that conditions may ask for."""
    bureau = organization.regional_bureau
    return Respondent(
        kind=organization.kind,
        prefecture_code=organization.prefecture_code,
        has_health_center=organization.has_health_center,
        regional_bureau=bureau.code if bureau else "",
    )
