import pytest

from accounts.audience import AudienceRule
from accounts.models import Organization
from notices.actions.drafting import set_audience
from notices.actions.publication import publish
from notices.actions.relating import relate
from notices.actions.review import submit_for_review
from notices.actions.withdrawing import withdraw
from notices.models import Notice, SearchEntry
from notices.search.tasks import refresh_notices_in_force
from notices.states import RelationKind
from tests.factories.notices import a_draft, approver_of, published

pytestmark = pytest.mark.django_db


def in_force() -> set[int]:
    return set(SearchEntry.objects.filter(in_force=True).values_list("notice", flat=True))


def test_entries_follow_what_is_in_force(town: Organization) -> None:
    old = published(to=[town])
    new = repealing(old, town)
    refresh_notices_in_force()
    assert in_force() == {new.pk}

    withdraw(new, by=approver_of(new.division), reason="誤り")
    refresh_notices_in_force()
    assert in_force() == {old.pk}


def repealing(old: Notice, town: Organization) -> Notice:
    """A notice that was published since and repeals the old one."""
    notice = a_draft()
    set_audience(notice, by=notice.created_by, rule=AudienceRule(codes=[town.code]))
    relate(notice, to=old, kind=RelationKind.REPEALS, by=notice.created_by)
    submit_for_review(notice, by=notice.created_by)
    return publish(notice, by=approver_of(notice.division))
