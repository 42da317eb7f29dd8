"""A response as a whole: the questionnaire, what was answered, and everything that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from accounts.models import Organization
from surveys.models import Answer, Assignment, QuestionnaireRevision, WarningReason
from surveys.questionnaire import (
    Evaluation,
    Finding,
    Questionnaire,
    Respondent,
    evaluate,
    parse_questionnaire,
)


@dataclass(frozen=True, slots=True)
class Response:
    """One assignment at one moment. ``answers`` by field key, ``reasons`` by rule id."""

    assignment: Assignment
    questionnaire: Questionnaire
    answers: Mapping[str, Answer]
    reasons: Mapping[str, WarningReason]
    evaluation: Evaluation

    @property
    def values(self) -> dict[str, object]:
        """The stored JSON values by field key."""
        return {key: answer.value for key, answer in self.answers.items()}

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
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of submitting."""
        return self.evaluation.ready and not self.unexplained


def load_response(assignment: Assignment) -> Response:
    """The response of an assignment that was loaded ``with_survey()``: two queries."""
    answers = {answer.field: answer for answer in assignment.answers.all()}
    reasons = {reason.rule_id: reason for reason in assignment.warning_reasons.all()}
    questionnaire = questionnaire_of(assignment.revision)
    evaluation = evaluate(
        questionnaire,
        {key: answer.value for key, answer in answers.items()},
        respondent_of(assignment.organization),
        explained=reasons.keys(),
    )
    return Response(assignment, questionnaire, answers, reasons, evaluation)


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
