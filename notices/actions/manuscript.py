"""The text of a notice, as a form, a template or an earlier copy gives it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from accounts.models import Division
from notices.models import Contact, Issuer, NoticeVersion, Topic
from notices.states import Action, Importance

PARTS = frozenset({"joint_issuers", "own_place", "contacts", "topics"})
"""What is kept in rows of its own, not in columns of the version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """One place to ask; only the division must be named."""

    division: str
    person: str = ""
    extension: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """The text of a notice as its drafter gives it.

    ``joint_issuers`` are the other divisions of a joint notice (連名) in printed order, among which
    the drafting one has ``own_place`` (1 is the first). Blank texts are allowed until the notice
    is sent for approval.
    """

    category: str
    title: str
    issued_on: date
    number: str = ""
    effective_on: date | None = None
    addressee_line: str = ""
    body: str = ""
    importance: str = Importance.NORMAL
    action_asked: str = Action.INFORM
    due_on: date | None = None
    notify_by_mail: bool = True
    joint_issuers: Sequence[Division] = ()
    own_place: int = 1
    contacts: Sequence[ContactLine] = ()
    topics: Sequence[Topic] = ()

    def columns(self) -> dict[str, object]:
        """The values of a NoticeVersion's own columns."""
        names = {field.name for field in fields(self)} - PARTS
        return {name: getattr(self, name) for name in names}

    def keep_parts(self, version: NoticeVersion) -> None:
        """Replace issuers, contacts and topics of a draft. Topics belong to the page that stays in
        force, and so are left as they are while a correction is written.
        """
        version.issuers.all().delete()
        Issuer.objects.bulk_create(
            Issuer(version=version, division_id=key, position=position)
            for position, key in enumerate(self._issuers_of(version), start=1)
        )
        version.contacts.all().delete()
        Contact.objects.bulk_create(contact_rows(self.contacts, version))
        if version.sequence == 1:
            version.notice.topics.set(self.topics)

    def _issuers_of(self, version: NoticeVersion) -> list[int]:
        own = version.notice.division_id
        others = dict.fromkeys(one.pk for one in self.joint_issuers if one.pk != own)
        before = max(self.own_place - 1, 0)
        return [*[*others][:before], own, *[*others][before:]]


def contact_rows(lines: Sequence[ContactLine], version: NoticeVersion) -> list[Contact]:
    """The lines as rows of the version, in their order; not saved."""
    return [
        Contact(
            version=version,
            position=position,
            **{field.name: getattr(line, field.name) for field in fields(line)},
        )
        for position, line in enumerate(lines, start=1)
    ]
