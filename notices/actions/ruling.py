"""What a division sets for its notices: its symbol, and when its agreement is needed."""

from django.db import transaction

from accounts.models import Division, User
from notices.models import IssuingRule
from notices.permissions import can_require_agreement, can_set_symbol
from onepublic.audit.models import record
from onepublic.core.errors import demand


@transaction.atomic
def set_issuing_rule(
    division: Division, *, by: User, symbol: str, requires_agreement: bool
) -> IssuingRule:
    """Keep both; what stays as it was needs no right to change it.

    Raises PermissionDenied for a symbol changed by others than the division's drafters and
    approvers, or an agreement changed by others than its approvers and the organization's admins.
    """
    IssuingRule.objects.get_or_create(division=division)
    rule = IssuingRule.objects.select_for_update().get(division=division)
    demand(rule.symbol == symbol or can_set_symbol(by, division))
    demand(rule.requires_agreement == requires_agreement or can_require_agreement(by, division))
    rule.symbol = symbol
    rule.requires_agreement = requires_agreement
    rule.save()
    record(
        "division.issuing_rule_set",
        division,
        by=by,
        symbol=symbol,
        requires_agreement=requires_agreement,
    )
    return rule
