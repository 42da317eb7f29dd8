"""The sets that entries share, each kept once."""

import hashlib
from collections.abc import Iterable
from typing import TypeVar

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast

from notices.models import Delivery, LabelSet, Notice, SearchAudience, SearchAudienceMember
from onepublic.core.sql import insert_select

M = TypeVar("M", bound=Model)


def label_set(members: Iterable[int]) -> LabelSet:
    """The set of these ids, made when it is new."""
    ids = sorted(set(members))
    wanted = LabelSet.objects.filter(members=ids)
    return wanted.first() or _made(LabelSet(members=ids), wanted)


def audience_of(notice: Notice) -> SearchAudience:
    """The set of organizations to which the notice was delivered, made when it is new."""
    delivered = Delivery.objects.filter(notice=notice)
    ids = delivered.aggregate(
        ids=StringAgg(
            Cast("organization_id", TextField()), delimiter=",", order_by="organization_id"
        )
    )["ids"]
    digest = hashlib.sha256((ids or "").encode()).hexdigest()
    wanted = SearchAudience.objects.filter(digest=digest)
    if known := wanted.first():
        return known
    audience = _made(SearchAudience(digest=digest), wanted)
    columns = {"audience": Value(audience.pk), "organization": F("organization")}
    insert_select(SearchAudienceMember, delivered, columns, unless_there=True)
    return audience


def _made(new: M, wanted: "QuerySet[M]") -> M:
    """The row, whoever was first to write it: another publication waits here for its end."""
    type(new)._default_manager.bulk_create([new], ignore_conflicts=True)
    return wanted.get()
