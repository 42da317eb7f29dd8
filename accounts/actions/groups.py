"""Saved audiences of a division."""

from django.db import transaction

from accounts.audience import AudienceRule
from accounts.models import Division, RecipientGroup, User
from accounts.states import Role
from onepublic.audit.models import record
from onepublic.core.errors import demand


@transaction.atomic
def save_group(*, division: Division, name: str, rule: AudienceRule, by: User) -> bool:
    """Keep the rule under the name; return whether the name is new in the division.

    Raises PermissionDenied for anybody but the division's drafters.
    """
    demand(division.pk in by.division_ids(Role.DRAFTER))
    group, created = RecipientGroup.objects.update_or_create(
        division=division, name=name, defaults={"stored_rule": rule.to_json()}
    )
    verb = "recipient_group.created" if created else "recipient_group.changed"
    record(verb, group, by=by, name=name, rule=rule.to_json())
    return created


@transaction.atomic
def delete_group(group: RecipientGroup, *, by: User) -> None:
    """Forget the saved rule; what was addressed by it stays addressed.

    Raises PermissionDenied for anybody but the division's drafters.
    """
    demand(group.division_id in by.division_ids(Role.DRAFTER))
    record("recipient_group.deleted", group, by=by, name=group.name, rule=group.stored_rule)
    group.delete()
