import pytest
from django.core.exceptions import PermissionDenied

from notices.actions.publication import publish
from notices.actions.trying import send_test_mail
from notices.models import Delivery
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Stale
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import render
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import a_draft, approver_of, in_review, published

pytestmark = pytest.mark.django_db


def test_each_trial_is_one_mail_to_oneself_and_nothing_else() -> None:
    notice = in_review(to=[OrganizationFactory.create()], title="予防接種の実施について")
    approver = approver_of(notice.division)

    send_test_mail(notice, by=approver)
    send_test_mail(notice, by=approver)

    messages = list(OutboxMessage.objects.select_related("person"))
    letters = render(messages).letters
    assert [message.person for message in messages] == [approver, approver]
    assert {letter.subject for letter in letters.values()} == {
        "【テスト】［OnePublic］予防接種の実施について"
    }
    assert all("自分あてに送ったテストメール" in letter.text for letter in letters.values())
    assert Delivery.objects.count() == 0
    assert AuditEvent.objects.filter(action="notice.mail_tried").count() == 2


def test_who_only_tried_the_mail_may_publish() -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    approver = approver_of(notice.division)
    send_test_mail(notice, by=approver)

    publish(notice, by=approver)

    assert Delivery.objects.count() == 1


def test_only_the_divisions_own_people_try_and_only_before_publication() -> None:
    with pytest.raises(PermissionDenied):
        send_test_mail(a_draft(), by=approver_of(a_draft().division))
    sent = published(to=[OrganizationFactory.create()])
    with pytest.raises(Stale):
        send_test_mail(sent, by=approver_of(sent.division))
