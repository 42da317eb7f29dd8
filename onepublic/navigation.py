"""The side navigation: what a person of this place and role finds, with counts of what waits."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from accounts.permissions import administered_organization
from accounts.states import Level, Role
from notices.models import Delivery, NoticeVersion, Question
from notices.permissions import can_draft
from onepublic.core.pagination import count_of
from onepublic.core.sql import counts
from surveys.models import Assignment
from surveys.waiting import waiting_in_surveys


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry; ``count`` is None where nothing is counted."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry before it is known which is current; ``rooms`` are paths that belong to it."""

    label: str
    url: str
    count: int | None = None
    rooms: tuple[str, ...] = ()

    def closeness(self, path: str) -> int:
        """How much of ``path`` the entry covers: its own page wholly, a room by its length."""
        if path == self.url:
            return len(path) + 1
        return max((len(room) for room in self.rooms if path.startswith(room)), default=0)


def navigation_for(user: User, path: str) -> list[NavigationItem]:
    """The entries for this person; the one that covers most of ``path`` is current."""
    search = reverse("notices:search")
    waiting = _waiting(user)
    entries = [
        Entry("ホーム", reverse("home")),
        *_notices(user, waiting),
        Entry("通知の全文検索", search, rooms=(search,)),
        *_surveys(user, waiting),
        Entry("カレンダー", reverse("calendar")),
        Entry("お知らせ", reverse("notifications"), rooms=(reverse("mail_settings"),)),
        *_administration(user),
    ]
    closest = max(entries, key=lambda entry: entry.closeness(path))
    current = closest if closest.closeness(path) else None
    return [NavigationItem(one.label, one.url, one is current, one.count) for one in entries]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for those who draft and decide in the ministry; None for all others."""

    notices: int | None = None
    surveys: int | None = None


def _waiting(user: User) -> Waiting:
    """One query: drafts of notices; surveys to decide on, with inquiries and requests for time."""
    if not (user.is_at(Level.MINISTRY) and user.has_role(Role.DRAFTER, Role.APPROVER)):
        return Waiting()
    notices, *surveys = counts(NoticeVersion.objects.waiting_for(user), *waiting_in_surveys(user))
    return Waiting(notices, sum(surveys))


def _administration(user: User) -> list[Entry]:
    entries = []
    if user.has_role(Role.ORG_ADMIN):
        entries.append(Entry("機関の利用者", reverse("people")))
    if administered_organization(user):
        rooms = (reverse("divisions"), reverse("notices:routes"))
        entries.append(Entry("課室と担当", reverse("divisions"), rooms=rooms))
    if user.has_role(Role.SYSTEM_ADMIN):
        kept = reverse("notices:topics")
        entries.append(Entry("通知の分野", kept, rooms=(kept,)))
        entries.append(Entry("ウイルス検査の状況", reverse("scans")))
    return entries


def _notices(user: User, waiting: Waiting) -> list[Entry]:
    inbox, drafts = reverse("notices:inbox"), reverse("notices:drafts")
    if not user.is_at(Level.MINISTRY):
        owed = count_of(Delivery.objects.for_organizations_of(user).unacknowledged())
        area = user.organization_ids(Level.REGIONAL_BUREAU, Level.PREFECTURE)
        watched = [Entry("管内の通知", reverse("notices:published"))] if area else []
        asked = Entry("通知への質問", reverse("notices:questions"))
        return [Entry("受信した通知", inbox, owed, (inbox,)), *watched, asked]
    entries = [Entry("発出した通知", reverse("notices:published"), rooms=(inbox,))]
    if waiting.notices is not None:
        rooms = (drafts, reverse("notices:new"))
        entries.append(Entry("起案・決裁", drafts, waiting.notices, rooms))
    unanswered = Question.objects.to_be_answered_by(user).count() if can_draft(user) else None
    return [*entries, Entry("通知への質問", reverse("notices:questions"), unanswered)]


def _surveys(user: User, waiting: Waiting) -> list[Entry]:
    asked, followed = reverse("surveys:assignments"), reverse("surveys:surveys")
    entries = []
    if not user.is_at(Level.MINISTRY):
        owed = Assignment.objects.for_organizations_of(user).answerable().count()
        entries.append(Entry("回答する調査", asked, owed, (asked,)))
    if user.organization_ids(Level.MINISTRY, Level.REGIONAL_BUREAU, Level.PREFECTURE):
        entries.append(Entry("調査の状況", followed, waiting.surveys, (followed,)))
    return entries
