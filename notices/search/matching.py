"""Telling people that a notice was published which fits a search that they saved."""

from collections.abc import Sequence

from django.contrib.postgres.search import SearchQueryField
from django.db import transaction
from django.db.models import BooleanField, F, Func, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from accounts.models import User
from notices.models import (
    SavedSearch,
    SavedSearchHit,
    SearchEntry,
    UnmatchedNotice,
)
from notices.querysets import people_who_see
from notices.search.facets import Chosen
from onepublic.core.fulltext.query import parse
from onepublic.mail.outbox import enqueue

MAIL_KIND = "saved_search"


def match_due() -> None:
    """Look saved searches through for every notice that waits, one transaction each."""
    while _match_next():
        pass


@transaction.atomic
def _match_next() -> bool:
    """One notice; False when none waits. One that another worker holds is passed over."""
    waiting = UnmatchedNotice.objects.select_for_update(skip_locked=True).order_by("pk").first()
    if waiting is None:
        return False
    entry = (
        SearchEntry.objects.filter(notice=waiting.pk)
        .select_related("notice__current_version")
        .first()
    )
    if entry:
        _tell(entry, searches_that_fit(entry))
    waiting.delete()
    return True


def searches_that_fit(entry: SearchEntry) -> list[SavedSearch]:
    """Those to be told of, by people who see the notice, saved before it was published."""
    asking = SavedSearch.objects.filter(
        notify=True, created_at__lte=entry.published_at, user__in=people_who_see(entry.notice)
    )
    candidates = asking.filter(Q(lexemes="") | Q(_fits(entry)))
    return [
        saved
        for saved in candidates.iterator()
        if parse(saved.typed).fits(entry.text) and _is_chosen(saved, entry)
    ]


def _fits(entry: SearchEntry) -> Func:
    grams = Subquery(SearchEntry.objects.filter(pk=entry.pk).values("grams"))
    return Func(
        grams,
        Cast(F("lexemes"), SearchQueryField()),
        template="(%(expressions)s)",
        arg_joiner=" @@ ",
        output_field=BooleanField(),
    )


def _is_chosen(saved: SavedSearch, entry: SearchEntry) -> bool:
    chosen = Chosen.read(saved.chosen)
    return chosen.narrow(SearchEntry.objects.filter(pk=entry.pk)).exists() if saved.chosen else True


def _tell(entry: SearchEntry, found: Sequence[SavedSearch]) -> None:
    """Each person once, whatever the number of their searches; nobody again of the same search."""
    known = SavedSearchHit.objects.filter(notice=entry.pk).values_list("search", flat=True)
    told = set(known)
    new = [saved for saved in found if saved.pk not in told]
    SavedSearchHit.objects.bulk_create(
        [SavedSearchHit(search=saved, notice_id=entry.pk) for saved in new], ignore_conflicts=True
    )
    version = entry.notice.current_version
    if new and version:
        people = _people(new)
        enqueue(MAIL_KIND, subject_id=version.pk, people=people, at_once=version.is_urgent)


def _people(found: Sequence[SavedSearch]) -> "QuerySet[User]":
    people: QuerySet[User] = User.objects.filter(pk__in={saved.user_id for saved in found})
    return people
