from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Division, Organization, User
from accounts.states import Role
from notices.actions.routing import set_routes
from notices.models import TopicRoute
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at, window_of
from tests.factories.notices import routed, topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def admin(village: Organization) -> User:
    return person_at(village, Role.ORG_ADMIN)


@pytest.fixture
def section(village: Organization) -> Division:
    return DivisionFactory.create(organization=village)


def stored(organization: Organization) -> dict[str, Division]:
    rows = TopicRoute.objects.filter(organization=organization)
    return {row.topic.name: row.division for row in rows}


def test_topics_are_led_to_divisions_and_back_to_the_window(
    village: Organization, admin: User, section: Division
) -> None:
    other = DivisionFactory.create(organization=OrganizationFactory.create())
    routed("予防接種", to=other)
    vaccines, care = topic("予防接種"), topic("介護保険")

    changed = [
        set_routes(village, routes=routes, by=admin)
        for routes in (
            {vaccines: section, care: section},
            {vaccines: section, care: section},
            {vaccines: None, care: section},
        )
    ]

    assert changed == [2, 0, 1]
    assert stored(village) == {"介護保険": section}
    assert stored(other.organization) == {"予防接種": other}
    assert AuditEvent.objects.filter(action="organization.routes_set").count() == 2


def test_foreign_and_closed_divisions_are_refused(
    village: Organization, admin: User, section: Division
) -> None:
    section.valid_to = timezone.localdate() - timedelta(days=1)
    section.save()
    foreign = window_of(OrganizationFactory.create())

    for division in (section, foreign):
        with pytest.raises(Refused, match="選び直してください"):
            set_routes(village, routes={topic("予防接種"): division}, by=admin)

    assert stored(village) == {}


def test_only_the_organizations_administrator_may(village: Organization, section: Division) -> None:
    foreign = person_at(OrganizationFactory.create(), Role.ORG_ADMIN)

    for person in (person_at(village), foreign):
        with pytest.raises(PermissionDenied):
            set_routes(village, routes={topic("予防接種"): section}, by=person)
