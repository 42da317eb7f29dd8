"""500 people are told of a notice although worker and broker are killed on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.models import Membership, User
from accounts.states import DivisionKind, Role
from notices.models import Notice
from onepublic.mail.models import OutboxMessage
from onepublic.mail.states import MailState
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    UserFactory,
)
from tests.factories.notices import approver_of, in_review
from tests.faults.station import Station, wait_until
from tests.smtp_sink import SmtpSink, smtp_sink

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PEOPLE = 500
KILLED_AFTER = 150
PUBLISH = """
from accounts.models import User
from notices.actions.publication import publish
from notices.models import Notice
publish(Notice.objects.get(pk={notice}), by=User.objects.get(pk={approver}))
"""


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        sink.seconds_per_message = 0.003
        yield sink


def notice_in_review() -> tuple[Notice, User]:
    """A notice to 500 villages with a person each, and who may publish it."""
    prefecture = PrefectureFactory.create()
    villages = OrganizationFactory.create_batch(PEOPLE, prefecture=prefecture)
    for village in villages:
        window = DivisionFactory.create(
            organization=village, kind=DivisionKind.WINDOW, is_window=True
        )
        Membership.objects.create(user=UserFactory.create(), division=window, roles=[Role.VIEWER])
    division = DivisionFactory.create()
    return in_review(to=villages, division=division), approver_of(division)


def publish_and_kill(station: Station, sink: SmtpSink) -> int:
    """Publish, kill everything after KILLED_AFTER mails; return how many rows were not sent."""
    notice, approver = notice_in_review()
    station.start()
    station.run(PUBLISH.format(notice=notice.pk, approver=approver.pk))
    assert OutboxMessage.objects.count() == PEOPLE
    assert wait_until(lambda: len(sink.messages) >= KILLED_AFTER, seconds=60)
    station.kill()
    return waiting()


def waiting() -> int:
    return OutboxMessage.objects.exclude(state=MailState.SENT).count()


def test_every_mail_arrives_once_although_worker_and_broker_are_killed(
    sink: SmtpSink, tmp_path: Path
) -> None:
    station = Station(tmp_path, smtp_port=sink.port)
    try:
        assert publish_and_kill(station, sink) > 0
        station.start()
        assert wait_until(lambda: waiting() == 0, seconds=90)
    finally:
        station.stop()

    rows = {row.message_id: row.person.email for row in OutboxMessage.objects.all()}
    arrived = dict(zip(sink.message_ids, sink.recipients, strict=True))
    assert arrived == {key: [email] for key, email in rows.items()}
    repeats = len(sink.message_ids) - PEOPLE
    assert 0 <= repeats <= 2, "at most the mail that each of two workers had in hand"


def test_without_the_sweep_the_rest_never_arrives(sink: SmtpSink, tmp_path: Path) -> None:
    """Negative control: the kill really loses the hint, and only the sweep makes up for it."""
    station = Station(tmp_path, smtp_port=sink.port, sweeping=False)
    try:
        left = publish_and_kill(station, sink)
        station.start()
        arrived = wait_until(lambda: waiting() == 0, seconds=10)
    finally:
        station.stop()

    assert not arrived
    assert waiting() == left > 0
