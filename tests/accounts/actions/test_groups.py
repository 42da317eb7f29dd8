import pytest
from django.core.exceptions import PermissionDenied

from accounts.actions.groups import delete_group, save_group
from accounts.audience import AudienceRule
from accounts.models import RecipientGroup
from accounts.states import Role
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import DivisionFactory, person_at

pytestmark = pytest.mark.django_db
CITIES = AudienceRule(kinds=["designated_city"])
TOWNS = AudienceRule(kinds=["town"])


def test_a_name_keeps_one_rule_the_newest() -> None:
    division = DivisionFactory.create()
    drafter = person_at(division, Role.DRAFTER)

    first = save_group(division=division, name="指定都市", rule=CITIES, by=drafter)
    second = save_group(division=division, name="指定都市", rule=TOWNS, by=drafter)

    assert [first, second] == [True, False]
    assert RecipientGroup.objects.get().rule == TOWNS
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "recipient_group.created",
        "recipient_group.changed",
    ]


def test_forgetting_one_is_recorded_with_what_it_was() -> None:
    division = DivisionFactory.create()
    drafter = person_at(division, Role.DRAFTER)
    save_group(division=division, name="指定都市", rule=CITIES, by=drafter)

    delete_group(RecipientGroup.objects.get(), by=drafter)

    event = AuditEvent.objects.get(action="recipient_group.deleted")
    assert (RecipientGroup.objects.count(), event.detail["name"]) == (0, "指定都市")


def test_only_the_divisions_drafters_keep_and_forget() -> None:
    division = DivisionFactory.create()
    save_group(division=division, name="町", rule=TOWNS, by=person_at(division, Role.DRAFTER))

    for stranger in (person_at(DivisionFactory.create()), person_at(division, Role.VIEWER)):
        with pytest.raises(PermissionDenied):
            save_group(division=division, name="町", rule=CITIES, by=stranger)
        with pytest.raises(PermissionDenied):
            delete_group(RecipientGroup.objects.get(), by=stranger)
