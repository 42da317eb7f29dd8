"""Writing the index: in the transaction that publishes, corrects or withdraws a notice."""

from collections.abc import Iterable

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from notices.body import plain
from notices.models import Attachment, FileText, Notice, NoticeVersion, SearchEntry
from notices.search.sets import audience_of, label_set
from notices.states import NoticeState
from onepublic.core.fulltext.folding import folded
from onepublic.core.fulltext.grams import as_vector, lexemes
from onepublic.core.sql import insert_select
from onepublic.core.wareki import fiscal_year
from onepublic.files.types import FILE_TYPES

READABLE = ("pdf", "docx", "xlsx", "pptx", "txt", "csv")
MOST_CHARACTERS = 600_000
"""Of the attachments of one notice together; what lies beyond is not found."""


def index_notice(notice: Notice) -> None:
    """Let search find the current version of a published notice, to those who received it.

    Call it in the transaction of whatever changes the version, the topics or the deliveries.
    Repeating it changes nothing. Attachments that were not read before are left to a worker.
    """
    version = notice.current_version
    if version is None or notice.state != NoticeState.PUBLISHED:
        forget_notice(notice)
        return
    wait_for_texts(version.attachments.all())
    write_entry(notice, version)


def forget_notice(notice: Notice) -> None:
    """Let nobody find the notice any more, as when it is withdrawn."""
    SearchEntry.objects.filter(notice=notice).delete()


def write_entry(notice: Notice, version: NoticeVersion) -> None:
    """The entry as it should be now; whether the notice is in force is left as it was."""
    issuers = list(version.issuers.select_related("division__organization", "division__parent"))
    names = [f"{one.signed(category=version.category)} {one.division.full_name}" for one in issuers]
    heading = _lines([version.title, version.number])
    text = _lines([version.title, version.number, plain(version.body), *names, *_read(version)])
    columns = {
        "published_at": notice.published_at,
        "fiscal_year": fiscal_year(version.issued_on),
        "category": version.category,
        "issuers": label_set(one.division_id for one in issuers),
        "topics": label_set(notice.topics.values_list("pk", flat=True)),
        "audience": audience_of(notice),
        "heading": heading,
        "text": text,
        "grams": vector_of(text),
    }
    SearchEntry.objects.bulk_create(
        [SearchEntry(notice=notice, **columns)],
        update_conflicts=True,
        unique_fields=["notice"],
        update_fields=list(columns),
    )


def vector_of(text: str) -> Cast:
    """The lexemes of an entry's ``text``, for the database."""
    found = as_vector(lexemes(text.split("\n")))
    return Cast(Value(found, output_field=TextField()), SearchVectorField())


def wait_for_texts(attachments: "QuerySet[Attachment]") -> None:
    """A row for each file that a worker should read and that has none yet."""
    types = [FILE_TYPES[kind].media_type for kind in READABLE]
    unread = attachments.filter(file__content_type__in=types, file__extracted=None)
    insert_select(FileText, unread.order_by().distinct(), {"file": F("file")}, unless_there=True)


def _read(version: NoticeVersion) -> list[str]:
    texts = FileText.objects.filter(file__in=version.attachments.values("file"))
    read = list(texts.exclude(text="").order_by("pk").values_list("text", flat=True))
    room, kept = MOST_CHARACTERS, []
    for text in read:
        kept.append(text[:room])
        room -= len(kept[-1])
    return kept


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, map(folded, texts)))
