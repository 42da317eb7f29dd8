"""Reasons for warnings: a rule of level warning lets a response pass once it is explained."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from surveys.actions.locking import lock_answerable
from surveys.models import Assignment, WarningReason
from surveys.responses import questionnaire_of


@transaction.atomic
def give_warning_reasons(assignment: Assignment, *, by: User, reasons: Mapping[str, str]) -> None:
    """Keep ``{rule id: reason}``; an empty reason takes an earlier one back.

    Rules that the questionnaire does not have are passed over. Raises Refused when the response
    takes no answers.
    """
    current = lock_answerable(assignment, by=by)
    known = {rule.id for rule in questionnaire_of(current.revision).rules}
    given = {rule: text for rule, text in reasons.items() if rule in known}
    current.warning_reasons.filter(
        rule_id__in=[r for r, text in given.items() if not text]
    ).delete()
    held = dict(current.warning_reasons.values_list("rule_id", "reason"))
    for rule_id, reason in given.items():
        if reason and held.get(rule_id) != reason:
            WarningReason.objects.update_or_create(
                assignment=current,
                rule_id=rule_id,
                defaults={"reason": reason, "updated_by": by, "updated_at": Now()},
            )
