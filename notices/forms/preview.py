"""A letter from a form that need not be finished."""

from dataclasses import dataclass

from accounts.models import Division
from notices.actions.manuscript import contact_rows
from notices.forms.contacts import contacts_of
from notices.forms.issuers import issuers_of
from notices.forms.manuscript import ManuscriptForm
from notices.models import Contact, Issuer, NoticeVersion

PRINTED = ("category", "number", "issued_on", "addressee_line", "title", "body")


@dataclass(frozen=True, slots=True)
class Preview:
    """What templates/notices/sheet.html shows: never saved.

    ``left_out`` names the fields whose value cannot be printed as it stands.
    """

    version: NoticeVersion
    signatures: list[str]
    contacts: list[Contact]
    left_out: list[str]


def preview_of(form: ManuscriptForm, division: Division | None) -> Preview:
    """The letter as far as the form is valid; ``division`` issues it, once it is known."""
    form.is_valid()
    valid = form.cleaned_data
    version = NoticeVersion(**{name: valid[name] for name in PRINTED if valid.get(name)})
    return Preview(
        version=version,
        signatures=[
            Issuer(division=issuer).signed(category=version.category)
            for issuer in _issuers(form, division)
        ],
        contacts=contact_rows(contacts_of(form), version),
        left_out=[
            str(form.fields[name].label)
            for name in PRINTED
            if name in form.errors and form.data.get(name)
        ],
    )


def _issuers(form: ManuscriptForm, division: Division | None) -> list[Division]:
    joint, own_place = issuers_of(form)
    joint = [one for one in joint if one != division]
    own = [division] if division else []
    return [*joint[: own_place - 1], *own, *joint[own_place - 1 :]]
