"""Hits as rows of a page: the notice, its title with marks, and where the terms stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.safestring import SafeString

from accounts.models import User
from notices.body import plain
from notices.models import Attachment, Notice, NoticeVersion
from onepublic.core.fulltext.excerpts import excerpt, marked
from onepublic.core.fulltext.query import Query

START = 120
"""Characters of the body that stand for it where nothing is looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One hit; ``source`` names the attachment when the terms stand only there."""

    version: NoticeVersion
    title: SafeString
    number: SafeString
    excerpt: SafeString
    source: str = ""


def rows_of(user: User, notices: Sequence[int], query: Query) -> list[Row]:
    """A row for each of the notices, in their order, as far as the person may see it now."""
    seen = Notice.objects.visible_to(user).published().filter(pk__in=notices)
    versions = NoticeVersion.objects.select_related("notice__division__parent").filter(
        notice__in=notices,  # says no more, but lets the database begin with these few
        pk=F("notice__current_version"),
    )
    versions = versions.annotate(is_in_force=F("notice__search_entry__in_force"))
    found = {version.notice_id: version for version in versions.filter(notice__in=seen)}
    places = {pk: ("", _of_body(version.body, query)) for pk, version in found.items()}
    elsewhere = [found[pk].pk for pk, (_, part) in places.items() if not part]
    places |= _of_attachments(elsewhere, query)
    return [_row(found[pk], query, *places[pk]) for pk in notices if pk in found]


def _of_body(body: str, query: Query) -> SafeString:
    words = plain(body)
    return excerpt(words, query.needles) if query else marked(" ".join(words.split())[:START], ())


def _of_attachments(versions: Sequence[int], query: Query) -> dict[int, tuple[str, SafeString]]:
    """By notice: the name and the excerpt of the first file that holds a term."""
    files = Attachment.objects.filter(version__in=list(versions))
    shown: dict[int, tuple[str, SafeString]] = {}
    texts = files.exclude(file__extracted=None).order_by("version", "position")
    for notice, name, text in texts.values_list(
        "version__notice", "file__name", "file__extracted__text"
    ):
        if notice not in shown and (part := excerpt(text, query.needles)):
            shown[notice] = (name, part)
    return shown


def _row(version: NoticeVersion, query: Query, source: str, part: SafeString) -> Row:
    return Row(
        version=version,
        title=marked(version.title, query.needles),
        number=marked(version.number, query.needles),
        excerpt=part,
        source=source,
    )
