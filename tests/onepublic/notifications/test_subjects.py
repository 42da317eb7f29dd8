import pytest
from django.urls import reverse

from notices.actions.agreeing import agree
from notices.actions.publication import publish
from notices.actions.ruling import set_issuing_rule
from onepublic.mail.models import OutboxMessage
from onepublic.notifications.subjects import KINDS, Subject
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import approver_of, in_review

pytestmark = pytest.mark.django_db


def test_a_joint_division_is_led_to_its_agreement_until_it_is_published() -> None:
    joint = DivisionFactory.create()
    approver = approver_of(joint)
    set_issuing_rule(joint, by=approver, symbol="", requires_agreement=True)
    notice = in_review(to=[OrganizationFactory.create()], joint_issuers=[joint], title="連名の通知")
    event = OutboxMessage.objects.get(kind="notice_agreement_asked").subject_id
    _, find = KINDS["notice_agreement_asked"]

    asked = find(approver, [event])
    agree(notice, by=approver)
    publish(notice, by=approver_of(notice.division))

    address = reverse("notices:agreement", args=[notice.pk])
    assert asked == {event: Subject("連名の通知", address)}
    assert find(approver, [event]) == {}
    assert find(approver_of(DivisionFactory.create()), [event]) == {}
