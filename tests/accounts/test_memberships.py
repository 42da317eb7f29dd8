from datetime import date, timedelta

import pytest

from accounts.models import Membership
from accounts.models.people import memberships_on
from accounts.states import Role
from tests.factories.accounts import DivisionFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
ONE = timedelta(days=1)
PERIODS = [
    (DAY, DAY),
    (DAY, None),
    (DAY - ONE, DAY),
    (DAY - ONE, DAY - ONE),
    (DAY + ONE, None),
    (DAY - ONE, DAY + ONE),
]


def test_a_person_has_the_memberships_that_the_queryset_calls_active() -> None:
    person, other = UserFactory.create_batch(2)
    parent = DivisionFactory.create()
    for begun, ended in PERIODS:
        division = DivisionFactory.create(parent=parent)
        for user in (person, other):
            Membership.objects.create(
                user=user, division=division, roles=[Role.DRAFTER], valid_from=begun, valid_to=ended
            )

    found = memberships_on(DAY, person)

    assert found == list(person.memberships.active(DAY).order_by("pk"))
    assert len(found) == 4
    assert [m.roles for m in found] == [[Role.DRAFTER]] * 4
    assert {m.division.parent for m in found} == {parent}
    assert [m.division.organization.pk for m in found] == [
        m.division.organization_id for m in found
    ]
