"""The newest notices as Atom: pointers only, never the content."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from accounts.models import User
from notices.models import Notice
from onepublic.core.wareki import wareki
from onepublic.feeds.models import FeedAddress

NEWEST = 50


class _Feed(Atom1Feed):
    """Django's Atom, without the present moment in an empty one: it would always look changed."""

    def latest_post_date(self) -> datetime:
        since: datetime = self.feed["since"]
        return super().latest_post_date() if self.items else since


def notices_feed(address: FeedAddress) -> str:
    """What the person may see, the newest first: number, title, issuer, due date and link."""
    user: User = address.user
    feed = _Feed(
        title="OnePublic 通知",
        link=settings.PORTAL_URL + reverse("notices:inbox"),
        description="所属機関で読める、新しい通知",
        language="ja",
        feed_url=settings.PORTAL_URL + reverse("feeds:notices", args=[address.token]),
        feed_guid=f"{settings.PORTAL_URL}{reverse('feeds:page')}#{address.user_id}",
        since=address.created_at,
    )
    for notice in _newest(user):
        _add(feed, notice)
    return feed.writeString("utf-8")


def _newest(user: User) -> list[Notice]:
    rows = Notice.objects.visible_to(user).published().order_by("-published_at", "-pk")
    return list(
        rows.select_related("current_version", "division__organization", "division__parent")[
            :NEWEST
        ]
    )


def _add(feed: Atom1Feed, notice: Notice) -> None:
    version = notice.current_version
    if version is None:
        return  # not so for what is published: the database holds that
    issuer = notice.division.full_name
    facts = [version.get_category_display(), f"発出元：{issuer}"]
    if version.due_on:
        facts.append(f"対応の期限：{wareki(version.due_on)}")
    feed.add_item(
        title="　".join(part for part in (version.number, version.title) if part),
        link=settings.PORTAL_URL + reverse("notices:detail", args=[notice.pk]),
        description="／".join(facts),
        author_name=issuer,
        pubdate=notice.published_at,
        updateddate=version.published_at,
    )
