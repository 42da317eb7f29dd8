import pytest
from django.test import Client

from accounts.models import Organization
from accounts.states import Role
from tests.factories.accounts import OrganizationFactory, person_at

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/divisions/approval/"


def test_an_admin_switches_it_off(client: Client) -> None:
    organization = OrganizationFactory.create(answers_need_approval=True)
    client.force_login(person_at(organization, Role.ORG_ADMIN))

    page = client.post(ADDRESS, {"approval": "not_needed"}, follow=True)

    organization.refresh_from_db()
    assert organization.answers_need_approval is False
    assert page.context["form"].initial == {"approval": "not_needed"}


def test_a_refusal_stands_at_the_choice_and_keeps_it(client: Client) -> None:
    organization = OrganizationFactory.create(answers_need_approval=True)
    person_at(organization, Role.DRAFTER)
    person_at(organization, Role.APPROVER)
    client.force_login(person_at(organization, Role.ORG_ADMIN))

    page = client.post(ADDRESS, {"approval": "not_needed"})

    assert page.context["form"].errors.keys() == {"approval"}
    assert page.context["form"]["approval"].value() == "not_needed"
    assert Organization.objects.get(pk=organization.pk).answers_need_approval is True


def test_an_unknown_choice_is_refused(client: Client) -> None:
    organization = OrganizationFactory.create()
    client.force_login(person_at(organization, Role.ORG_ADMIN))

    page = client.post(ADDRESS, {"approval": "perhaps"})

    assert page.context["form"].errors.keys() == {"approval"}
