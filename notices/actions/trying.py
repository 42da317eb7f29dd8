"""Trying the mail of a notice before anybody else gets it."""

from django.db import transaction

from accounts.models import User
from notices.actions.locking import draft_of
from notices.models import Notice
from notices.permissions import is_approver, is_drafter
from notices.querysets import people_named
from onepublic.audit.models import record
from onepublic.core.errors import demand
from onepublic.mail.outbox import enqueue

TEST_MAIL = "notice_test"


@transaction.atomic
def send_test_mail(notice: Notice, *, by: User) -> None:
    """Send the person the mail that the addressees will get; each call is one mail.

    The event is kept with the version, so that trying the mail doesn't make an approver one of
    its authors. Raises PermissionDenied for anybody but the division's drafters and approvers,
    Stale when nothing is in hand.
    """
    demand(is_drafter(by, notice) or is_approver(by, notice))
    event = record("notice.mail_tried", draft_of(notice), by=by)
    enqueue(TEST_MAIL, subject_id=event.pk, people=people_named(by.pk), at_once=True)
