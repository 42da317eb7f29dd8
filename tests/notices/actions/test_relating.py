import pytest
from django.core.exceptions import PermissionDenied

from notices.actions.relating import relate
from notices.models import NoticeRelation
from notices.states import RelationKind
from onepublic.core.errors import Refused, Stale
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import a_draft, approver_of, published

pytestmark = pytest.mark.django_db


def test_a_draft_refers_to_a_published_notice_once() -> None:
    earlier, notice = published(to=[OrganizationFactory.create()]), a_draft()

    for _ in range(2):
        relate(notice, to=earlier, kind=RelationKind.AMENDS, by=notice.created_by)

    relation = NoticeRelation.objects.get()
    assert (relation.source, relation.target, relation.kind) == (notice, earlier, "amends")


def test_it_refers_to_no_draft() -> None:
    notice = a_draft()

    with pytest.raises(Refused):
        relate(notice, to=a_draft(), kind=RelationKind.RELATED, by=notice.created_by)


def test_only_drafters_relate_and_only_drafts() -> None:
    earlier = published(to=[OrganizationFactory.create()])
    notice = a_draft()

    with pytest.raises(PermissionDenied):
        relate(notice, to=earlier, kind=RelationKind.RELATED, by=approver_of(notice.division))
    with pytest.raises(Stale):
        relate(earlier, to=earlier, kind=RelationKind.RELATED, by=earlier.created_by)
