"""Ten years of deliveries to every local government, with what was done about them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import Division, Membership, Organization, User
from accounts.states import DivisionKind, Level, Role
from notices.models import Delivery, Notice, NoticeVersion, Reading
from notices.states import Action, NoticeState, VersionState
from onepublic.core.sql import analyze

YEARS = 10
WITHDRAWN_EVERY = 200  # one notice in so many was withdrawn

# Of what is older than two months little is left undone; one organization does nothing at all,
# another one has done everything. A third of the notices asks for something by a day.
_DELIVERIES = """
INSERT INTO notices_delivery (
    notice_id, organization_id, delivered_at, division_id, due_on,
    opened_at, opened_by_id, acknowledged_at, acknowledged_by_id,
    done_at, done_by_id, declined_at, declined_by_id, declined_to)
SELECT notice, organization, at, CASE WHEN routed < 0.4 THEN section END, due_on,
    CASE WHEN luck > pending * 0.5 THEN at END, CASE WHEN luck > pending * 0.5 THEN officer END,
    CASE WHEN luck > pending THEN at END, CASE WHEN luck > pending THEN officer END,
    CASE WHEN does THEN at END, CASE WHEN does THEN officer END,
    CASE WHEN declines THEN at END, CASE WHEN declines THEN officer END,
    CASE WHEN declines THEN '福祉局' ELSE '' END
FROM (
    SELECT *, luck > pending * 1.5 AND due_on IS NOT NULL AND NOT declines AS does
    FROM (
        SELECT n.id AS notice, o.id AS organization, n.published_at AS at, v.due_on,
            p.user_id AS officer, s.id AS section, random() AS routed, random() AS luck,
            random() < 0.005 AND o.id NOT IN (%(idle)s, %(busy)s) AS declines,
            CASE WHEN o.id = %(idle)s THEN 2 WHEN o.id = %(busy)s THEN 0
                WHEN n.published_at > now() - interval '60 days' THEN 0.4 ELSE 0.02 END AS pending
        FROM notices_notice n
        JOIN notices_noticeversion v ON v.id = n.current_version_id
        CROSS JOIN accounts_organization o
        JOIN accounts_division w ON w.organization_id = o.id AND w.is_window
        JOIN accounts_membership p ON p.division_id = w.id
        JOIN accounts_division s ON s.organization_id = o.id AND NOT s.is_window
        WHERE o.level IN ('prefecture', 'municipality')
        ORDER BY n.published_at
    ) AS chances
) AS deeds
"""
_READINGS = """
INSERT INTO notices_reading (user_id, notice_id, sequence, outdated)
SELECT d.opened_by_id, d.notice_id, 1, random() < 0.01 FROM notices_delivery d
WHERE d.opened_by_id IS NOT NULL AND (random() < 0.9 OR d.organization_id = %(busy)s)
ORDER BY d.opened_by_id, d.notice_id
"""


@dataclass(frozen=True, slots=True)
class Recipients:
    """People of three organizations: an ordinary one, one that does nothing, one that does all."""

    officer: User
    section: User
    newcomer: User
    idle: User
    busy: User


def fill(count: int) -> Recipients:
    """At least ``count`` deliveries, all of them to every local government."""
    local = list(Organization.objects.local_governments().order_by("code"))
    people = _settle(local)
    _publish(-(-count // len(local)), people[local[0].pk][0])
    idle, busy, ordinary = local[-3:]
    with connection.cursor() as cursor, _WithoutIndexes():
        cursor.execute("SET session_replication_role = replica")  # no look-up of keys per row
        cursor.execute("SELECT setseed(0.5)")
        for statement in (_DELIVERIES, _READINGS):
            cursor.execute(statement, {"idle": idle.pk, "busy": busy.pk})
        cursor.execute("SET session_replication_role = DEFAULT")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM notices_delivery, notices_reading")
    analyze(Delivery, Reading, Notice, NoticeVersion)
    newcomer = _person("newcomer", Division.objects.get(organization=ordinary, is_window=True))
    return Recipients(*people[ordinary.pk], newcomer, people[idle.pk][0], people[busy.pk][0])


class _WithoutIndexes:
    """Builds the indexes of deliveries at the end, as for any load of this size."""

    def __enter__(self) -> None:
        with connection.schema_editor() as editor:
            for index in Delivery._meta.indexes:
                editor.remove_index(Delivery, index)

    def __exit__(self, *_: object) -> None:
        with connection.schema_editor() as editor:
            for index in Delivery._meta.indexes:
                editor.add_index(Delivery, index)


def _settle(organizations: list[Organization]) -> dict[int, tuple[User, User]]:
    """By organization, somebody at its window and somebody in a section."""
    sections = Division.objects.bulk_create(
        Division(organization=one, code="section", name="担当課", kind=DivisionKind.DIVISION)
        for one in organizations
    )
    windows = {w.organization_id: w for w in Division.objects.filter(is_window=True)}
    places = [
        place
        for one, s in zip(organizations, sections, strict=True)
        for place in (windows[one.pk], s)
    ]
    people = User.objects.bulk_create(
        User(email=f"person{number}@bench.example", name="職員") for number in range(len(places))
    )
    Membership.objects.bulk_create(
        Membership(user=person, division=place, roles=[Role.DRAFTER])
        for person, place in zip(people, places, strict=True)
    )
    return {
        one.pk: (people[2 * number], people[2 * number + 1])
        for number, one in enumerate(organizations)
    }


def _person(name: str, division: Division) -> User:
    person = User.objects.create_user(email=f"{name}@bench.example", name="職員")
    Membership.objects.create(user=person, division=division, roles=[Role.DRAFTER])
    return person


def _publish(count: int, by: User) -> None:
    """Evenly over the years up to now."""
    divisions = list(Division.objects.filter(organization__level=Level.MINISTRY))
    step = timedelta(days=365 * YEARS) / count
    now = timezone.now()
    notices = Notice.objects.bulk_create(
        Notice(division=divisions[number % len(divisions)], created_by=by)
        for number in range(count)
    )
    versions = NoticeVersion.objects.bulk_create(
        _version(notice, now - step * age, by=by)
        for age, notice in zip(range(count - 1, -1, -1), notices, strict=True)
    )
    for version in versions:
        notice = version.notice
        notice.state, notice.published_at = NoticeState.PUBLISHED, version.published_at
        notice.current_version = version
        if notice.pk % WITHDRAWN_EVERY == 0:
            notice.state, notice.withdrawal_reason = NoticeState.WITHDRAWN, "誤り"
            notice.withdrawn_at, notice.withdrawn_by = version.published_at, by
    columns = ["state", "published_at", "current_version"]
    columns += ["withdrawal_reason", "withdrawn_at", "withdrawn_by"]
    Notice.objects.bulk_update(notices, columns, batch_size=1000)


def _version(notice: Notice, at: datetime, *, by: User) -> NoticeVersion:
    asks = notice.pk % 3 == 0
    return NoticeVersion(
        notice=notice,
        state=VersionState.PUBLISHED,
        category="notice",
        number=f"医政発第{notice.pk}号",
        issued_on=at.date(),
        title="予防接種の実施について",
        body="標記について、別紙のとおり連絡する。",
        action_asked=Action.ACT if asks else Action.INFORM,
        due_on=at.date() + timedelta(days=21) if asks else None,
        written_by=by,
        published_at=at,
        published_by=by,
    )
