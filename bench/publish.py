"""Publishing: one notice to all 1,788 local governments, beside the bare rows that it writes."""

import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.actions.load_organizations import load_organizations
from accounts.audience import AudienceRule
from accounts.models import Division, Membership, User
from accounts.states import MUNICIPAL_KINDS, DivisionKind, Kind, Level, Role
from bench.database import scratch_database
from bench.measurement import Measurement
from bench.rounds import Clock, compare
from notices.actions.drafting import draft, set_audience
from notices.actions.manuscript import Manuscript
from notices.actions.publication import publish
from notices.actions.review import submit_for_review
from notices.models import Delivery, Notice
from notices.states import Category
from onepublic.mail.models import OutboxMessage

_BENCH = "publish"
_ROUNDS = 7
_PEOPLE_PER_ORGANIZATION = 10
_GOAL = 3.0  # of one plain INSERT … SELECT of the same rows
_EVERYBODY = AudienceRule(kinds=[Kind.PREFECTURE.value, *(kind.value for kind in MUNICIPAL_KINDS)])

_PLAIN_DELIVERIES = """
INSERT INTO notices_delivery (notice_id, organization_id, delivered_at)
SELECT %s, id, now() FROM accounts_organization WHERE level IN ('prefecture', 'municipality')
"""
_PLAIN_MESSAGES = """
INSERT INTO mail_outboxmessage (kind, subject_id, person_id)
SELECT 'bench', %s, m.user_id
FROM accounts_membership m JOIN accounts_division d ON d.id = m.division_id
JOIN accounts_organization o ON o.id = d.organization_id
WHERE d.is_window AND o.level IN ('prefecture', 'municipality')
"""


def run() -> list[Measurement]:
    """The whole verb, with lock, checks, seal and audit event, against the two bare inserts."""
    with scratch_database():
        load_organizations(settings.BASE_DIR / "accounts" / "data")
        drafter, approver = _settle_people()
        notices = _submitted_notices(drafter, 2 * _ROUNDS + 1)
        publish(next(notices), by=approver)  # connections and caches are warm from here on
        rows = Delivery.objects.count() + OutboxMessage.objects.count()
        clock, unit = _clock()
        result = compare(
            lambda: publish(next(notices), by=approver),
            lambda: _write_plainly(next(notices)),
            rounds=_ROUNDS,
            clock=clock,
        )
    return [
        Measurement(
            _BENCH,
            f"one notice, {rows:,} rows",
            1000 * result.subject,
            unit,
            "plain INSERT … SELECT, same rows",
            1000 * result.peer,
            result.ratio,
            goal=_GOAL,
        )
    ]


def _clock() -> tuple[Clock, str]:
    """CPU seconds of this process and of its server process; elapsed ones if that can't be read."""
    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    if not server.exists():
        return time.perf_counter, "ms"
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9, "CPU ms"


def _write_plainly(notice: Notice) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PLAIN_DELIVERIES, [notice.pk])
        cursor.execute(_PLAIN_MESSAGES, [notice.pk])


def _settle_people() -> tuple[User, User]:
    """Drafter and approver in the ministry; one person at each window, nine in sections."""
    in_ministry = Q(organization__level=Level.MINISTRY)
    windows = list(Division.objects.filter(is_window=True).exclude(in_ministry))
    sections = Division.objects.bulk_create(
        Division(
            organization=window.organization,
            code="section",
            name="担当課",
            kind=DivisionKind.DIVISION,
        )
        for window in windows
    )
    places = [*windows, *(sections * (_PEOPLE_PER_ORGANIZATION - 1))]
    people = User.objects.bulk_create(
        User(email=f"person{number}@bench.example", name="職員")
        for number in range(len(places) + 2)
    )
    division = Division.objects.filter(in_ministry)[0]
    Membership.objects.bulk_create(
        Membership(user=person, division=place, roles=[role])
        for person, place, role in zip(
            people,
            [division, division, *places],
            [Role.DRAFTER, Role.APPROVER, *([Role.DRAFTER] * len(places))],
            strict=True,
        )
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people[0], people[1]


def _submitted_notices(drafter: User, count: int) -> Iterator[Notice]:
    """``count`` notices to everybody, waiting for the approver."""
    division = drafter.active_memberships[0].division
    text = Manuscript(
        category=Category.ADMIN_MESSAGE,
        title="予防接種の実施について",
        issued_on=timezone.localdate(),
        addressee_line="各 都道府県・市区町村 御中",
        body="標記について、別紙のとおり連絡する。" * 50,
    )
    notices = [draft(division=division, by=drafter, manuscript=text) for _ in range(count)]
    for notice in notices:
        set_audience(notice, by=drafter, rule=_EVERYBODY)
        submit_for_review(notice, by=drafter)
    return iter(notices)
