"""The side navigation: what a person of this place and role finds, with counts of what waits."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.states import Level, Role
from notices.models import Delivery, Notice
from surveys.models import Assignment


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry; ``count`` is None where nothing is counted."""

    label: str
    url: str
    current: bool
    count: int | None = None


def navigation_for(user: User, path: str) -> list[NavigationItem]:
    """The entries for this person; the one that holds ``path`` most closely is current."""
    entries = [("ホーム", reverse("home"), None), *_notices(user), *_surveys(user)]
    urls = [url for _, url, _ in entries if path.startswith(url)]
    current = max(urls, key=len, default="")
    return [NavigationItem(label, url, url == current, count) for label, url, count in entries]


def _notices(user: User) -> list[tuple[str, str, int | None]]:
    entries: list[tuple[str, str, int | None]] = []
    if not user.is_at(Level.MINISTRY):
        waiting = Delivery.objects.for_organizations_of(user).unacknowledged().count()
        entries.append(("受信した通知", reverse("notices:inbox"), waiting))
    else:
        entries.append(("発出した通知", reverse("notices:published"), None))
    if user.is_at(Level.MINISTRY) and user.has_role(Role.DRAFTER, Role.APPROVER):
        waiting = Notice.objects.written_by_divisions_of(user).in_review().count()
        entries.append(("起案・決裁", reverse("notices:drafts"), waiting))
    return entries


def _surveys(user: User) -> list[tuple[str, str, int | None]]:
    entries: list[tuple[str, str, int | None]] = []
    if not user.is_at(Level.MINISTRY):
        owed = Assignment.objects.for_organizations_of(user).answerable().count()
        entries.append(("回答する調査", reverse("surveys:assignments"), owed))
    if user.organization_ids(Level.MINISTRY, Level.REGIONAL_BUREAU, Level.PREFECTURE):
        entries.append(("調査の状況", reverse("surveys:surveys"), None))
    return entries
