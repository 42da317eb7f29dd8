"""What divisions keep for further surveys: questions of the bank, and whole questionnaires."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Func, Q

if TYPE_CHECKING:
    from surveys.models.bank import BankQuestion, QuestionnaireTemplate  # noqa: F401 - named in a string

M = TypeVar("M", bound=models.Model)


class _KeptQuerySet(models.QuerySet[M]):
    """What a division keeps for further surveys."""

    def offered_to(self, divisions: Iterable[int]) -> Self:
        """What any of the divisions may use: its own and what others share, if not retired."""
        offered = Q(division__in=divisions) | Q(is_shared=True)
        return self.filter(offered, retired_at__isnull=True)


class BankQuestionQuerySet(_KeptQuerySet["BankQuestion"]):
    """Questions of the bank."""


class TemplateQuerySet(_KeptQuerySet["QuestionnaireTemplate"]):
    """Whole questionnaires."""

    def with_count(self) -> Self:
        """With ``count`` of their questions, without their documents."""
        count = Func(
            F("document"),
            template=(
                "jsonb_array_length(jsonb_path_query_array("
                "%(expressions)s, '$.sections[*].questions[*]'))"
            ),
            output_field=models.IntegerField(),
        )
        return self.defer("document").annotate(count=count)
