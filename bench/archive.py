"""Years of published notices in the database, indexed as search indexes them."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, OuterRef, Subquery, Value

from accounts.models import Division, Organization, User
from bench.corpus import Text, texts
from notices.models import (
    Delivery,
    LabelSet,
    Notice,
    NoticeVersion,
    SearchAudience,
    SearchAudienceMember,
    SearchEntry,
    Topic,
)
from notices.search.sets import label_set
from notices.search.writing import vector_of
from notices.states import Category, NoticeState, VersionState
from onepublic.core.fulltext.folding import folded
from onepublic.core.sql import analyze, insert_select
from onepublic.core.wareki import fiscal_year

FIRST = datetime(2019, 4, 1, tzinfo=ZoneInfo("Asia/Tokyo"))
YEARS = 7
BATCH = 1_000
AUDIENCES = 20
TO_ALL = 0.5  # share of notices that went to every local government
TOPICS = 40


@dataclass(frozen=True, slots=True)
class Office:
    """What the notices hang on."""

    writer: User
    approver: User
    divisions: Sequence[Division]
    topics: Sequence[Topic]
    audiences: Sequence[SearchAudience]
    known: dict[frozenset[int], LabelSet] = field(default_factory=dict)

    def labels(self, ids: Iterable[int]) -> LabelSet:
        """The set of these ids, asked for once."""
        key = frozenset(ids)
        if key not in self.known:
            self.known[key] = label_set(key)
        return self.known[key]


def fill(count: int, office: Office) -> None:
    """Write ``count`` notices with versions, entries and deliveries of one in four audiences.

    The index is built at the end, as for any load of this size.
    """
    chance = random.Random(2)  # noqa: S311 - no secret
    written = enumerate(texts(count))
    step = timedelta(days=365 * YEARS) / count
    _execute("DROP INDEX search_entry_grams")
    while batch := list(islice(written, BATCH)):
        _store(
            [_version(text, office, chance, FIRST + step * n) for n, text in batch], office, chance
        )
    connection.check_constraints()  # within a transaction no index is built before
    _execute(
        "CREATE INDEX search_entry_grams ON notices_searchentry USING gin (grams)"
        " WITH (fastupdate = off)"
    )
    analyze(Notice, NoticeVersion, SearchEntry, SearchAudienceMember)


def audiences() -> list[SearchAudience]:
    """Everybody first; then the country without one prefecture or another."""
    local = Organization.objects.local_governments()
    made = SearchAudience.objects.bulk_create(
        SearchAudience(digest=f"bench {number}") for number in range(AUDIENCES)
    )
    for number, audience in enumerate(made):
        members = local.exclude(prefecture_code=f"{number:02}")
        columns = {"audience": Value(audience.pk), "organization": F("pk")}
        insert_select(SearchAudienceMember, members, columns)
    return made


def deliver(town: Organization) -> None:
    """The town's own deliveries, as the audiences of the entries say."""
    mine = SearchAudienceMember.objects.filter(organization=town).values("audience")
    received = SearchEntry.objects.filter(audience__in=mine)
    columns = {
        "notice": F("notice"),
        "organization": Value(town.pk),
        "delivered_at": F("published_at"),
    }
    insert_select(Delivery, received, columns)
    analyze(Delivery)


def _version(text: Text, office: Office, chance: random.Random, at: datetime) -> NoticeVersion:
    notice = Notice(division=chance.choice(office.divisions), created_by=office.writer)
    return NoticeVersion(
        notice=notice,
        state=VersionState.PUBLISHED,
        category=chance.choice(Category.values),
        number=text.number,
        issued_on=at.date(),
        title=text.title,
        body=text.body,
        written_by=office.writer,
        published_at=at,
        published_by=office.approver,
    )


def _store(versions: Sequence[NoticeVersion], office: Office, chance: random.Random) -> None:
    Notice.objects.bulk_create(version.notice for version in versions)
    NoticeVersion.objects.bulk_create(versions)
    SearchEntry.objects.bulk_create(_entry(version, office, chance) for version in versions)
    own = NoticeVersion.objects.filter(notice=OuterRef("pk"))
    Notice.objects.filter(state=NoticeState.UNPUBLISHED).update(
        state=NoticeState.PUBLISHED,
        current_version=Subquery(own.values("pk")),
        published_at=Subquery(own.values("published_at")),
    )


def _entry(version: NoticeVersion, office: Office, chance: random.Random) -> SearchEntry:
    assert version.published_at
    heading = f"{folded(version.title)}\n{folded(version.number)}"
    text = f"{heading}\n{folded(version.body)}"
    joint = chance.choices(office.divisions, k=chance.choice([0] * 9 + [1]))
    audience = office.audiences[0]
    return SearchEntry(
        notice=version.notice,
        published_at=version.published_at,
        fiscal_year=fiscal_year(version.issued_on),
        category=version.category,
        in_force=chance.random() < 0.9,
        issuers=office.labels([version.notice.division_id, *_ids(joint)]),
        topics=office.labels(_ids(chance.sample(office.topics, k=chance.choice([0, 1, 1, 2])))),
        audience=audience if chance.random() < TO_ALL else chance.choice(office.audiences),
        heading=heading,
        text=text,
        grams=vector_of(text),
    )


def _ids(rows: Iterable[Division] | Iterable[Topic]) -> list[int]:
    return [row.pk for row in rows]


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
