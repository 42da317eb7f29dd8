import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Division, User
from accounts.states import Role
from notices.actions.ruling import set_issuing_rule
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.notices import approver_of, drafter_of

pytestmark = pytest.mark.django_db


def allowed(division: Division, by: User, symbol: str, required: bool) -> bool:
    try:
        set_issuing_rule(division, by=by, symbol=symbol, requires_agreement=required)
    except PermissionDenied:
        return False
    return True


def test_each_sets_what_is_theirs() -> None:
    division = DivisionFactory.create()
    same_place = DivisionFactory.create(organization=division.organization)
    people = {
        "drafter": drafter_of(division),
        "approver": approver_of(division),
        "admin": person_at(same_place, Role.ORG_ADMIN),
        "colleague": approver_of(same_place),
    }

    rights = {
        name: (allowed(division, person, f"医{name}", False), allowed(division, person, "医", True))
        for name, person in people.items()
        if not set_issuing_rule(
            division, by=people["approver"], symbol="医", requires_agreement=False
        ).requires_agreement
    }

    assert rights["approver"] == (True, True)
    assert rights["drafter"] == (True, False)
    assert rights["admin"] == (False, True)
    assert rights["colleague"] == (False, False)


def test_it_is_recorded() -> None:
    division = DivisionFactory.create()
    set_issuing_rule(division, by=approver_of(division), symbol="医政発", requires_agreement=True)

    event = AuditEvent.objects.get()
    assert (event.action, event.target_id) == ("division.issuing_rule_set", division.pk)
    assert event.detail == {"symbol": "医政発", "requires_agreement": True}
