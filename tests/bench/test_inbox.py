import pytest

from bench.deliveries import fill
from bench.inbox import _works
from notices.models import Delivery, NoticeVersion, Reading
from notices.states import NoticeState
from tests.factories.accounts import DivisionFactory, OrganizationFactory, window_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_organizations_stand_for_those_that_do_nothing_all_and_something() -> None:
    villages = OrganizationFactory.create_batch(3)
    for village in villages:
        assert village.prefecture
        for place in (village, village.prefecture):
            window_of(place)
    DivisionFactory.create()

    people = fill(1200)

    assert Delivery.objects.count() == 1200
    assert NoticeVersion.objects.filter(notice__state=NoticeState.WITHDRAWN).count() == 1
    received = Delivery.objects.for_organizations_of
    assert received(people.idle).filter(opened_at__isnull=False).count() == 0
    assert received(people.busy).filter(acknowledged_at__isnull=True).count() == 0
    assert Reading.objects.filter(user=people.busy).count() == 200
    assert not people.newcomer.readings.exists()
    assert received(people.section).dealt_with_by_divisions_of(people.section).exists()
    works = _works(people)
    assert len(works) == 15
    assert {tuple(each) for each in works.values()} == {
        ("officer", "section", "newcomer", "idle", "busy")
    }
