import pytest

from notices.citations import notice_of_number
from onepublic.core.documents import address_of
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import published

pytestmark = pytest.mark.django_db


def test_a_number_leads_its_addressees_to_the_notice_however_it_is_written() -> None:
    village = OrganizationFactory.create()
    notice = published(to=[village], number="医政発1123第1号")
    person = person_at(village)

    found = {address_of(person, text) for text in ("医政発1123第1号", " 医政発１１２３第１号")}

    assert found == {f"/notices/{notice.pk}/"}


@pytest.mark.parametrize("number", ["", "　", "医政発1123第2号", "事務連絡"])
def test_other_numbers_lead_nowhere(number: str) -> None:
    village = OrganizationFactory.create()
    published(to=[village], number="医政発1123第1号")

    assert address_of(person_at(village), number) == ""


def test_it_tells_nobody_of_a_notice_that_they_may_not_see() -> None:
    published(to=[OrganizationFactory.create()], number="医政発1123第1号")
    stranger = person_at(OrganizationFactory.create())

    assert notice_of_number(stranger, "医政発1123第1号") == ""
