"""Due dates as iCalendar (RFC 5545): a day each, with the title and a link."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from accounts.models import User
from onepublic.calendar.due import Due, due_between
from onepublic.feeds.models import FeedAddress

BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def due_calendar(address: FeedAddress) -> bytes:
    """What the person's calendar page shows, from a month ago to a year ahead."""
    user: User = address.user
    today = timezone.localdate()
    calendar = Calendar()
    calendar.add("prodid", "-//OnePublic//due dates//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "OnePublic 期限")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for due in _once(due_between(user, today - BACK, today + AHEAD)):
        calendar.add_component(_event(due, as_of=midnight))
    written: bytes = calendar.to_ical()
    return written


def _once(found: list[Due]) -> list[Due]:
    """A notice to two organizations of the person is one event: the one still to do."""
    by_page: dict[str, Due] = {}
    for due in found:
        if due.url not in by_page or by_page[due.url].settled:
            by_page[due.url] = due
    return list(by_page.values())


def _event(due: Due, *, as_of: datetime) -> Event:
    """The address of a page never changes, so that the UID made of it stays the same too."""
    event = Event()
    event.add("uid", f"{due.url.strip('/').replace('/', '-')}@{_host()}")
    event.add("dtstamp", as_of)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", f"{'済　' if due.settled else ''}【{due.kind}】{due.title}")
    event.add("description", f"{due.state}\n{settings.PORTAL_URL}{due.url}")
    event.add("url", settings.PORTAL_URL + due.url)
    event.add("transp", "TRANSPARENT")
    return event


def _host() -> str:
    return urlsplit(settings.PORTAL_URL).hostname or "onepublic"
