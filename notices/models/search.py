"""The search index: one entry per published notice, and the few sets that entries share.

Thousands of notices have the same issuers, topics or addressees. Each such set is kept once and an
entry carries its number, so that counting by issuer or asking who may see it reads no other row.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from accounts.models import Organization, User
from accounts.states import Level, Role
from notices.models.notices import Notice
from notices.states import Category
from onepublic.core.fulltext.query import Query
from onepublic.core.fulltext.sql import fits, holds


class SearchAudience(models.Model):
    """Organizations to which notices were delivered together; ``digest`` is over their ids."""

    digest = models.CharField("ハッシュ値", max_length=64, unique=True)

    class Meta:
        verbose_name = "検索の宛先"

    def __str__(self) -> str:
        return self.digest


class SearchAudienceMember(models.Model):
    """One organization of the set."""

    audience = models.ForeignKey(SearchAudience, on_delete=models.CASCADE, related_name="members")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "検索の宛先に含まれる機関"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "audience"], name="search_audience_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.audience_id} {self.organization_id}"


class LabelSet(models.Model):
    """Ids of divisions, or of topics, that notices carry together, in ascending order."""

    members = ArrayField(models.IntegerField(), verbose_name="番号", unique=True)

    class Meta:
        verbose_name = "検索の区分の組"

    def __str__(self) -> str:
        return str(self.members)


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, user: User) -> "SearchEntryQuerySet":
        """Entries of the notices that :meth:`NoticeQuerySet.visible_to` shows, by the sets of
        addressees that entries share. Asks for those sets at once, so that counting stays cheap.
        """
        if user.is_at(Level.MINISTRY) or user.has_role(Role.AUDITOR):
            return self
        seen = SearchAudienceMember.objects.filter(user.sees_organizations("organization"))
        audiences = seen.order_by().values_list("audience", flat=True).distinct()
        return self.filter(audience__in=list(audiences))

    def matching(self, tsquery: str) -> "SearchEntryQuerySet":
        """Those whose bigrams fit; all for a blank one."""
        return self.filter(fits("grams", tsquery)) if tsquery else self

    def verified(self, query: Query) -> "SearchEntryQuerySet":
        """Those in whose text the terms stand that bigrams alone do not decide: reads each text."""
        wanted, unwanted = query.to_verify
        rows = self
        for term in wanted:
            rows = rows.filter(holds("text", term.ways))
        for term in unwanted:
            rows = rows.exclude(holds("text", term.ways))
        return rows


class SearchEntry(models.Model):
    """The current version of a published notice, as search reads it.

    ``text`` holds all that is searched, folded, one field a line: see
    :mod:`onepublic.core.fulltext.folding`; ``heading`` holds title and number alone. ``grams`` are
    the lexemes of ``text``.
    """

    notice = models.OneToOneField(
        Notice, on_delete=models.CASCADE, primary_key=True, related_name="search_entry"
    )
    published_at = models.DateTimeField("発出日時")
    fiscal_year = models.SmallIntegerField("年度")
    category = models.CharField("種別", max_length=20, choices=Category)
    in_force = models.BooleanField("現行", default=True, db_default=True)
    issuers = models.ForeignKey(
        LabelSet, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    topics = models.ForeignKey(LabelSet, on_delete=models.PROTECT, related_name="+", db_index=False)
    audience = models.ForeignKey(
        SearchAudience, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    heading = models.TextField("件名と文書番号")
    text = models.TextField("本文など")
    grams = SearchVectorField("２文字の組")

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "検索の見出し"
        indexes = [
            # Without a pending list: an entry is written ten times an hour and read all the time.
            GinIndex(fields=["grams"], name="search_entry_grams", fastupdate=False),
            models.Index(fields=["-published_at", "-notice"], name="search_entry_newest"),
        ]

    def __str__(self) -> str:
        return self.heading
