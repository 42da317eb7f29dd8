"""Each test holds an organization or a division that must not be touched."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Division, Organization, User
from accounts.states import Role
from notices.actions.passing_on import decline, hand_over, hand_over_several, take_back_decline
from notices.actions.receiving import acknowledge, mark_done
from notices.models import Delivery
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import render
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at, window_of
from tests.factories.notices import asking, published

pytestmark = pytest.mark.django_db
WELFARE = {"to": "福祉局保護課", "reason": "当課の所管ではないため"}


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create()


@pytest.fixture
def officer(village: Organization) -> User:
    return person_at(village)


@pytest.fixture
def section(village: Organization) -> Division:
    return DivisionFactory.create(organization=village, name="保健課")


def told() -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind="notice_handed_over"))


def test_the_other_division_deals_with_it_from_then_on_and_is_told(
    village: Organization, officer: User, section: Division
) -> None:
    other = OrganizationFactory.create()
    colleague = person_at(section, Role.VIEWER)
    person_at(DivisionFactory.create(organization=village))
    notice = published(to=[village, other])

    assert hand_over(notice, to=section, remark="至急願います", by=officer) == 1

    delivery = Delivery.objects.get(organization=village)
    assert (delivery.division, delivery.remark) == (section, "至急願います")
    assert Delivery.objects.get(organization=other).division is None
    assert [message.person for message in told()] == [colleague]
    event = AuditEvent.objects.get(action="delivery.handed_over")
    assert event.detail == {"division": section.pk, "remark": "至急願います"}


def test_the_mail_points_to_the_notice_and_holds_no_remark(
    village: Organization, officer: User, section: Division
) -> None:
    colleague = person_at(section)
    notice = published(to=[village], due_on=date(2026, 12, 11))
    hand_over(notice, to=section, remark="至急願います", by=officer)

    (letter,) = render(told()).letters.values()

    assert letter.subject == "［OnePublic］引継ぎ：予防接種の実施について"
    for text in (colleague.name, officer.name, "医政発1123第1号", f"/notices/{notice.pk}/"):
        assert text in letter.text
    assert "至急願います" not in letter.text


def test_several_go_with_one_mail_and_handing_over_again_changes_nothing(
    village: Organization, officer: User, section: Division
) -> None:
    person_at(section)
    for _ in range(3):
        published(to=[village, OrganizationFactory.create()])
    keys = list(Delivery.objects.values_list("pk", flat=True))

    new = [hand_over_several(keys, to=section, remark="", by=officer) for _ in range(2)]

    assert new == [3, 0]
    assert Delivery.objects.filter(division=section).count() == 3
    (letter,) = render(told()).letters.values()
    assert letter.subject.endswith("ほか2件")


def test_handed_to_the_window_it_is_the_windows(
    village: Organization, officer: User, section: Division
) -> None:
    notice = published(to=[village])
    hand_over(notice, to=section, remark="", by=officer)

    hand_over(notice, to=window_of(village), remark="戻します", by=officer)

    assert Delivery.objects.get().division is None


def test_a_closed_division_or_another_organizations_gets_nothing(
    village: Organization, officer: User
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    closed = DivisionFactory.create(organization=village, valid_to=yesterday)
    notice = published(to=[village])

    with pytest.raises(Refused, match="廃止されています"):
        hand_over(notice, to=closed, remark="", by=officer)
    with pytest.raises(PermissionDenied):
        hand_over(notice, to=DivisionFactory.create(), remark="", by=officer)

    assert Delivery.objects.get().division is None


def test_declining_ends_what_the_organization_owes(village: Organization, officer: User) -> None:
    other = OrganizationFactory.create()
    notice = asking(to=[village, other], due_on=date(2026, 12, 11))

    new = [decline(notice, **WELFARE, by=person) for person in (officer, person_at(village))]

    delivery = Delivery.objects.get(organization=village)
    assert new == [1, 0]
    assert (delivery.declined_to, delivery.declined_by) == ("福祉局保護課", officer)
    for rows in (Delivery.objects.unacknowledged(), Delivery.objects.to_act_on()):
        assert [row.organization for row in rows] == [other]
    assert AuditEvent.objects.get(action="delivery.declined").detail == WELFARE


def test_what_was_declined_is_neither_confirmed_nor_handed_over(
    village: Organization, officer: User, section: Division
) -> None:
    notice = asking(to=[village], due_on=date(2026, 12, 11))
    decline(notice, **WELFARE, by=officer)

    with pytest.raises(Refused, match="所管外としています"):
        acknowledge(notice, by=officer)
    with pytest.raises(Refused, match="所管外としています"):
        mark_done(notice, by=officer)
    with pytest.raises(Refused, match="所管外としています"):
        hand_over(notice, to=section, remark="", by=officer)


def test_what_is_done_is_not_declined(village: Organization, officer: User) -> None:
    notice = asking(to=[village], due_on=date(2026, 12, 11))
    mark_done(notice, by=officer)

    with pytest.raises(Refused, match="先に「対応済み」を取り消して"):
        decline(notice, **WELFARE, by=officer)

    assert Delivery.objects.get().declined_at is None


def test_declining_can_be_taken_back(village: Organization, officer: User) -> None:
    notice = published(to=[village])
    decline(notice, **WELFARE, by=officer)

    changed = [take_back_decline(notice, by=officer) for _ in range(2)]

    delivery = Delivery.objects.get()
    assert (changed, delivery.declined_at, delivery.declined_to) == ([1, 0], None, "")
    assert Delivery.objects.unacknowledged().count() == 1


@pytest.mark.parametrize("elsewhere", [False, True])
def test_viewers_and_people_elsewhere_may_not(
    village: Organization, section: Division, *, elsewhere: bool
) -> None:
    notice = published(to=[village])
    viewer = person_at(village, Role.VIEWER)
    person = person_at(OrganizationFactory.create()) if elsewhere else viewer

    with pytest.raises(PermissionDenied):
        decline(notice, **WELFARE, by=person)
    with pytest.raises(PermissionDenied):
        take_back_decline(notice, by=person)
    with pytest.raises(PermissionDenied):
        hand_over(notice, to=section, remark="", by=person)

    assert Delivery.objects.get().opened_at is None
