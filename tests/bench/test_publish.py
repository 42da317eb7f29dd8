import pytest

from bench import publish as publishing
from notices.actions.publication import publish
from onepublic.mail.models import OutboxMessage
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    RegionalBureauFactory,
    window_of,
)

pytestmark = pytest.mark.django_db


KINDS = ("notice_published", "bench")


def test_the_verb_and_the_bare_inserts_write_the_same_rows() -> None:
    village = OrganizationFactory.create()
    assert village.prefecture
    for organization in (village, village.prefecture, RegionalBureauFactory.create()):
        window_of(organization)
    DivisionFactory.create()
    drafter, approver = publishing._settle_people()
    by_verb, plainly = publishing._submitted_notices(drafter, 2)

    publish(by_verb, by=approver)
    publishing._write_plainly(plainly)

    messages = [OutboxMessage.objects.filter(kind=kind).count() for kind in KINDS]
    assert messages == [16, 16]
    addressed = [
        set(n.deliveries.values_list("organization", flat=True)) for n in (by_verb, plainly)
    ]
    assert addressed == [{village.pk, village.prefecture.pk}] * 2
