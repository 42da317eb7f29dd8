"""Keeping a question for further surveys, and offering it no longer."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from onepublic.audit.models import record
from onepublic.core.errors import demand
from onepublic.core.fulltext.folding import folded
from surveys.authoring import find_question
from surveys.models import BankQuestion, QuestionnaireRevision
from surveys.permissions import drafting_division_ids, is_drafter


@transaction.atomic
def keep_question(
    revision: QuestionnaireRevision, question_id: str, *, by: User, definition: str, shared: bool
) -> BankQuestion:
    """Put a question of a questionnaire into the bank of its division, with its definition.

    ``shared`` offers it to all divisions of the ministry. Raises PermissionDenied for people who
    don't draft for the division, StepRefused when there is no such question.
    """
    demand(is_drafter(by, revision.survey))
    question = find_question(revision.document, question_id)[1]
    kept = BankQuestion.objects.create(
        division=revision.survey.division,
        question=question,
        label=question["label"],
        folded=folded(question["label"]),
        definition=definition,
        is_shared=shared,
        created_by=by,
    )
    record("bank_question.kept", kept, by=by, survey=revision.survey_id, question=question_id)
    return kept


@transaction.atomic
def retire_question(kept: BankQuestion, *, by: User) -> None:
    """Offer it no longer; surveys that took it over keep it. Doing it again changes nothing.

    Raises PermissionDenied for people who don't draft for the division that keeps it.
    """
    demand(kept.division_id in drafting_division_ids(by))
    rows = BankQuestion.objects.filter(pk=kept.pk, retired_at__isnull=True)
    if rows.update(retired_at=Now()):
        record("bank_question.retired", kept, by=by, label=kept.label)
