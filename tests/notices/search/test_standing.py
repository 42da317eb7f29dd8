from datetime import date

import pytest

from notices.actions.publication import publish
from notices.actions.relating import relate
from notices.actions.review import return_to_drafter, submit_for_review
from notices.actions.withdrawing import withdraw
from notices.models import Notice, SearchEntry
from notices.schedule import mark_standing
from notices.states import RelationKind
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import approver_of, in_review, published

pytestmark = pytest.mark.django_db


def marked() -> dict[int, bool]:
    return dict(SearchEntry.objects.values_list("notice", "in_force"))


def a_repeal_of(notice: Notice) -> Notice:
    repeal = in_review(to=[OrganizationFactory.create()])
    return_to_drafter(repeal, by=approver_of(repeal.division), reason="関連")
    relate(repeal, to=notice, kind=RelationKind.REPEALS, by=repeal.created_by)
    submit_for_review(repeal, by=repeal.created_by)
    return publish(repeal, by=approver_of(repeal.division))


def test_a_repeal_marks_what_it_ends_and_its_withdrawal_undoes_that() -> None:
    earlier = published(to=[OrganizationFactory.create()])
    assert marked() == {earlier.pk: True}

    repeal = a_repeal_of(earlier)
    assert marked() == {earlier.pk: False, repeal.pk: True}
    withdraw(repeal, by=approver_of(repeal.division), reason="誤り")

    assert marked() == {earlier.pk: True}


def test_what_takes_effect_later_is_marked_when_its_day_has_come() -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    notice.versions.update(effective_on=date(2999, 4, 1))
    publish(notice, by=approver_of(notice.division))
    assert marked() == {notice.pk: False}
    SearchEntry.objects.update(in_force=True)

    mark_standing()

    assert marked() == {notice.pk: False}
