"""Hits as rows of a page: the notice, its title with marks, and where the terms stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.safestring import SafeString

from accounts.models import User
from notices.body import plain
from notices.models import Attachment, Notice, NoticeVersion, Question
from onepublic.core.fulltext.excerpts import excerpt, marked
from onepublic.core.fulltext.query import Query

START = 120
"""Characters of the body that stand for it where nothing is looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where terms stand: in the text of the notice, in a published ``question``, given by its
    key, or in the attachment that ``source`` names.
    """

    excerpt: SafeString
    source: str = ""
    question: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One hit; its ``place`` has no excerpt where the terms stand in title or issuers alone."""

    version: NoticeVersion
    title: SafeString
    number: SafeString
    place: Place


def rows_of(user: User, notices: Sequence[int], query: Query) -> list[Row]:
    """A row for each of the notices, in their order, as far as the person may see it now."""
    seen = Notice.objects.visible_to(user).published().filter(pk__in=notices)
    versions = NoticeVersion.objects.select_related("notice__division__parent").filter(
        notice__in=notices,  # says no more, but lets the database begin with these few
        pk=F("notice__current_version"),
    )
    versions = versions.annotate(is_in_force=F("notice__search_entry__in_force"))
    found = {version.notice_id: version for version in versions.filter(notice__in=seen)}
    places = {pk: Place(_of_body(version.body, query)) for pk, version in found.items()}
    places |= _of_questions([pk for pk, place in places.items() if not place.excerpt], query)
    elsewhere = [found[pk].pk for pk, place in places.items() if not place.excerpt]
    places |= _of_attachments(elsewhere, query)
    return [_row(found[pk], query, places[pk]) for pk in notices if pk in found]


def _of_body(body: str, query: Query) -> SafeString:
    words = plain(body)
    return excerpt(words, query.needles) if query else marked(" ".join(words.split())[:START], ())


def _of_questions(notices: Sequence[int], query: Query) -> dict[int, Place]:
    """By notice: the first published question that holds a term, itself or in its answer."""
    rows = Question.objects.filter(notice__in=list(notices), published_at__isnull=False)
    shown: dict[int, Place] = {}
    words = rows.order_by("published_at", "pk").values_list(
        "notice", "pk", "public_question", "public_answer"
    )
    for notice, pk, asked, answered in words:
        if notice not in shown and (part := excerpt(f"{asked}\n{answered}", query.needles)):
            shown[notice] = Place(part, question=pk)
    return shown


def _of_attachments(versions: Sequence[int], query: Query) -> dict[int, Place]:
    """By notice: the name and the excerpt of the first file that holds a term."""
    files = Attachment.objects.filter(version__in=list(versions))
    shown: dict[int, Place] = {}
    texts = files.exclude(file__extracted=None).order_by("version", "position")
    for notice, name, text in texts.values_list(
        "version__notice", "file__name", "file__extracted__text"
    ):
        if notice not in shown and (part := excerpt(text, query.needles)):
            shown[notice] = Place(part, source=name)
    return shown


def _row(version: NoticeVersion, query: Query, place: Place) -> Row:
    return Row(
        version=version,
        title=marked(version.title, query.needles),
        number=marked(version.number, query.needles),
        place=place,
    )
