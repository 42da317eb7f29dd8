"""Saved searches: a person keeps a search, is told of new hits or not, and lets it go."""

from django.db import transaction

from accounts.models import User
from notices.models import SavedSearch
from notices.search.facets import Chosen
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from onepublic.core.fulltext.query import Query

MOST = 50
TOO_MANY = f"検索を保存できるのは、１人{MOST}件までです。使わないものを削除してください。"
NAME_TAKEN = "同じ名前の検索が、すでに保存されています。別の名前を入力してください。"
NOTHING_ASKED = "探す語を入力するか、絞り込みを選んでから保存してください。"


@transaction.atomic
def save_search(*, by: User, name: str, query: Query, chosen: Chosen, notify: bool) -> SavedSearch:
    """Keep the search under the name. Raises Refused for one that asks nothing, a name that the
    person has used, or more than MOST.
    """
    if not query and not chosen.as_dict():
        raise Refused(NOTHING_ASKED)
    own = SavedSearch.objects.filter(user=User.objects.select_for_update().get(pk=by.pk))
    if own.count() >= MOST:
        raise Refused(TOO_MANY)
    if own.filter(name=name).exists():
        raise Refused(NAME_TAKEN)
    saved = SavedSearch.objects.create(
        user=by,
        name=name,
        typed=query.typed,
        chosen=chosen.as_dict(),
        lexemes=query.candidates,
        notify=notify,
    )
    record("search.saved", saved, by=by, notify=notify)
    return saved


@transaction.atomic
def set_notification(saved: SavedSearch, *, by: User, notify: bool) -> None:
    """Tell the person of new hits from now on, or no longer. Repeating it changes nothing."""
    if SavedSearch.objects.filter(pk=saved.pk, notify=not notify).update(notify=notify):
        record("search.notification_set", saved, by=by, notify=notify)


@transaction.atomic
def remove_search(saved: SavedSearch, *, by: User) -> None:
    """Let the search go; what was told stays told."""
    record("search.removed", saved, by=by)
    saved.delete()
