"""Who has opened a notice or downloaded a file of it, in any version."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Concat

from accounts.models import Membership, User
from notices.models import AttachmentDownload, Delivery, Notice, Reading

FILES_SEPARATOR = "、"


def readers_of(notice: Notice) -> "QuerySet[User]":
    """Each person once, also those who have left or lost their account since."""
    of_notice = {"notice": notice}
    opened = Delivery.objects.filter(opened_by__isnull=False, **of_notice)
    people: QuerySet[User] = User.objects.filter(
        Q(pk__in=Reading.objects.filter(**of_notice).values("user"))
        | Q(pk__in=opened.values("opened_by"))
        | Q(pk__in=_downloads(notice).values("user"))
    )
    return people


def readers_with_facts(notice: Notice) -> "QuerySet[Any]":
    """The readers (users) in the order of their accounts, each with ``place`` and ``division_name``
    (where they work now), ``read_at`` and ``read_sequence`` (None for a file alone), and
    ``files`` (names of what they downloaded). One query, however many.
    """
    own = OuterRef("pk")
    places = Membership.objects.active().filter(user=own).order_by("pk")
    organization = Concat("division__organization__prefecture_name", "division__organization__name")
    readings = Reading.objects.filter(notice=notice, user=own)
    opened = Delivery.objects.filter(notice=notice, opened_by=own).order_by("pk")
    return (
        readers_of(notice)
        .annotate(
            place=Subquery(places.values(named=organization)[:1]),
            division_name=Subquery(places.values("division__name")[:1]),
            read_at=Coalesce(
                Subquery(readings.values("read_at")[:1]), Subquery(opened.values("opened_at")[:1])
            ),
            read_sequence=Subquery(readings.values("sequence")[:1]),
            files=Subquery(_names_of_files(notice, own)),
        )
        .order_by("pk")
    )


def _downloads(notice: Notice) -> "QuerySet[AttachmentDownload]":
    return AttachmentDownload.objects.filter(attachment__version__notice=notice)


def _names_of_files(notice: Notice, user: OuterRef) -> "QuerySet[Any, Any]":
    mine = _downloads(notice).filter(user=user).order_by().values("user")
    names = StringAgg("attachment__file__name", FILES_SEPARATOR, distinct=True)
    return mine.annotate(names=names).values("names")
