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
from notices.models import Delivery, Notice, Topic, TopicRoute
from notices.states import Category
from onepublic.mail.models import OutboxMessage

_BENCH = "publish"
_ROUNDS = 7
_EARLIER = 200  # notices; more than the planner keeps as common values
_TOPIC = "予防接種"
_SECTIONS = 7  # of each organization, beside its window
_PEOPLE_IN_SECTION = 8  # 1,796 × 7 × 8, with those at the windows, are 102,372 accounts
_GOAL = 1.5  # of one plain INSERT … SELECT of the same rows
_EVERYBODY = AudienceRule(kinds=[Kind.PREFECTURE.value, *(kind.value for kind in MUNICIPAL_KINDS)])

_PLAIN_DELIVERIES = """
INSERT INTO notices_delivery (notice_id, organization_id, delivered_at, division_id)
SELECT %s, o.id, now(), r.division_id FROM accounts_organization o
JOIN notices_topicroute r ON r.organization_id = o.id
WHERE o.level IN ('prefecture', 'municipality')
"""
_PLAIN_MESSAGES = """
INSERT INTO mail_outboxmessage (kind, subject_id, person_id)
SELECT 'bench', %s, m.user_id
FROM accounts_membership m JOIN notices_topicroute r ON r.division_id = m.division_id
JOIN accounts_organization o ON o.id = r.organization_id
WHERE o.level IN ('prefecture', 'municipality')
"""


def run() -> list[Measurement]:
    """The whole verb, with lock, checks, seal and audit event, against the two bare inserts."""
    with scratch_database():
        load_organizations(settings.BASE_DIR / "accounts" / "data")
        drafter, approver = _settle_people()
        rows = _deliver_earlier_ones(drafter)
        notices = _submitted_notices(drafter, 2 * _ROUNDS + 1)
        publish(next(notices), by=approver)  # connections and caches are warm from here on
        rows = Delivery.objects.count() + OutboxMessage.objects.count() - rows
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
    """Drafter and approver in the ministry; one person at each window, eight in each section."""
    in_ministry = Q(organization__level=Level.MINISTRY)
    windows = list(Division.objects.filter(is_window=True).exclude(in_ministry))
    sections = Division.objects.bulk_create(
        Division(
            organization=window.organization,
            code=f"section-{number}",
            name=f"第{number}課",
            kind=DivisionKind.DIVISION,
        )
        for number in range(_SECTIONS)
        for window in windows
    )
    places = [*windows, *(sections * _PEOPLE_IN_SECTION)]
    people = User.objects.bulk_create(
        (
            User(email=f"person{number}@bench.example", name="職員")
            for number in range(len(places) + 2)
        ),
        batch_size=10_000,
    )
    division = Division.objects.filter(in_ministry)[0]
    Membership.objects.bulk_create(
        (
            Membership(user=person, division=place, roles=[role])
            for person, place, role in zip(
                people,
                [division, division, *places],
                [Role.DRAFTER, Role.APPROVER, *([Role.DRAFTER] * len(places))],
                strict=True,
            )
        ),
        batch_size=10_000,
    )
    _route(sections[: len(windows)])
    return people[0], people[1]


def _deliver_earlier_ones(drafter: User) -> int:
    """What a portal in use has, so that the planner knows how many deliveries a notice has;
    return how many rows.
    """
    division = drafter.active_memberships[0].division
    earlier = Notice.objects.bulk_create(
        Notice(division=division, created_by=drafter) for _ in range(_EARLIER)
    )
    with connection.cursor() as cursor:
        for notice in earlier:
            cursor.execute(_PLAIN_DELIVERIES, [notice.pk])
        cursor.execute("ANALYZE")
    return Delivery.objects.count()


def _route(sections: list[Division]) -> None:
    """In every organization one section deals with the topic of the notices."""
    topic = Topic.objects.create(name=_TOPIC)
    TopicRoute.objects.bulk_create(
        TopicRoute(organization=section.organization, topic=topic, division=section)
        for section in sections
    )


def _submitted_notices(drafter: User, count: int) -> Iterator[Notice]:
    """``count`` notices to everybody, waiting for the approver."""
    division = drafter.active_memberships[0].division
    text = Manuscript(
        category=Category.ADMIN_MESSAGE,
        title="予防接種の実施について",
        issued_on=timezone.localdate(),
        addressee_line="各 都道府県・市区町村 御中",
        body="標記について、別紙のとおり連絡する。" * 50,
        topics=[Topic.objects.get(name=_TOPIC)],
    )
    notices = [draft(division=division, by=drafter, manuscript=text) for _ in range(count)]
    for notice in notices:
        set_audience(notice, by=drafter, rule=_EVERYBODY)
        submit_for_review(notice, by=drafter)
    return iter(notices)
