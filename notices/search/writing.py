"""The entry of a notice: what search reads of its current version."""

from collections.abc import Iterable
from itertools import chain

from django.contrib.postgres.search import SearchVectorField
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from notices.body import plain
from notices.models import FileText, Notice, NoticeVersion, SearchEntry, UnmatchedNotice
from notices.search.sets import audience_of, label_set
from onepublic.core.fulltext.folding import folded
from onepublic.core.fulltext.grams import as_vector, lexemes
from onepublic.core.wareki import fiscal_year

MOST_CHARACTERS = 600_000
"""Of the attachments of one notice together; what lies beyond is not found."""


def write_entry(notice: Notice, version: NoticeVersion, *, is_news: bool) -> None:
    """The entry as it should be now, and if it ``is_news`` a note that saved searches are to be
    looked through.

    Whether the notice is in force is left as it was.
    """
    issuers = list(version.issuers.select_related("division__organization", "division__parent"))
    names = [f"{one.signed(category=version.category)} {one.division.full_name}" for one in issuers]
    heading = _lines([version.title, version.number])
    own = [version.title, version.number, plain(version.body), *names]
    text = _lines([*own, *_answered(notice), *_read(version)])
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
    if is_news:
        UnmatchedNotice.objects.bulk_create([UnmatchedNotice(notice=notice)], ignore_conflicts=True)


def vector_of(text: str) -> Cast:
    """The lexemes of an entry's ``text``, for the database."""
    found = as_vector(lexemes(text.split("\n")))
    return Cast(Value(found, output_field=TextField()), SearchVectorField())


def _answered(notice: Notice) -> Iterable[str]:
    """What was published of the notice's questions, in the words for all."""
    rows = notice.questions.filter(published_at__isnull=False).order_by("published_at", "pk")
    return chain.from_iterable(rows.values_list("public_question", "public_answer"))


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
