"""Keeping texts aside: what stood in a draft before, and what a template begins with."""

from dataclasses import asdict, fields, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Division, User
from notices.actions.manuscript import ContactLine, Manuscript
from notices.models import DraftCopy, NoticeVersion, Topic
from onepublic.audit.models import events_of

MOST_COPIES = 50
SITTING = timedelta(minutes=10)
EDITED = "notice.edited"
DAYS = ("issued_on", "effective_on", "due_on")


def text_of(version: NoticeVersion) -> Manuscript:
    """The text of a version as a manuscript."""
    issuers = [issuer.division for issuer in version.issuers.select_related("division")]
    own = version.notice.division
    parts = {"joint_issuers", "own_place", "contacts", "topics"}
    columns = [field.name for field in fields(Manuscript) if field.name not in parts]
    return Manuscript(
        joint_issuers=[division for division in issuers if division != own],
        own_place=issuers.index(own) + 1 if own in issuers else 1,
        contacts=[
            ContactLine(**{part.name: getattr(contact, part.name) for part in fields(ContactLine)})
            for contact in version.contacts.all()
        ],
        topics=list(version.notice.topics.all()),
        **{name: getattr(version, name) for name in columns},
    )


def as_json(text: Manuscript) -> dict[str, Any]:
    """The text in JSON values; divisions and topics by primary key."""
    content = {
        field.name: getattr(text, field.name)
        for field in fields(text)
        if field.name not in {*DAYS, "joint_issuers", "contacts", "topics"}
    }
    days = {name: getattr(text, name) for name in DAYS}
    return {
        **content,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "joint_issuers": [division.pk for division in text.joint_issuers],
        "contacts": [asdict(line) for line in text.contacts],
        "topics": [topic.pk for topic in text.topics],
    }


def from_json(content: dict[str, Any]) -> Manuscript:
    """The text again; divisions and topics that are gone are left out."""
    keys = content["joint_issuers"]
    divisions = Division.objects.in_bulk(keys)
    days = {name: content[name] for name in DAYS}
    return Manuscript(
        **{
            **content,
            **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
            "joint_issuers": [divisions[key] for key in keys if key in divisions],
            "contacts": [ContactLine(**line) for line in content["contacts"]],
            "topics": list(Topic.objects.filter(pk__in=content["topics"])),
        }
    )


def without_number_and_days(text: Manuscript) -> Manuscript:
    """What a new notice may take over from another; it is issued today."""
    today = timezone.localdate()
    return replace(text, number="", issued_on=today, effective_on=None, due_on=None)


def in_same_sitting(version: NoticeVersion, by: User) -> bool:
    """Whether the last act on the notice was the same person's editing, ten minutes ago or less."""
    last = events_of(version.notice).last()
    return (
        last is not None
        and (last.action, last.actor_id) == (EDITED, by.pk)
        and last.at > timezone.now() - SITTING
    )


def keep_copy(version: NoticeVersion) -> None:
    """Put aside what stands in the draft; the oldest beyond MOST_COPIES go."""
    DraftCopy.objects.create(
        version=version,
        content=as_json(text_of(version)),
        written_by_id=version.written_by_id,
        written_at=version.written_at,
    )
    copies = DraftCopy.objects.filter(version=version)
    kept = list(copies.values_list("pk", flat=True)[:MOST_COPIES])
    copies.exclude(pk__in=kept).delete()
