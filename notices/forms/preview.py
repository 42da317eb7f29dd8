"""A letter from a form that need not be finished."""

from dataclasses import dataclass

from accounts.models import Division
from notices.forms.manuscript import JOINT_FIELDS, ManuscriptForm
from notices.models import Issuer, NoticeVersion

PRINTED = ("category", "number", "issued_on", "addressee_line", "title", "body", "contact")


@dataclass(frozen=True, slots=True)
class Preview:
    """What templates/notices/sheet.html shows: never saved.

    ``left_out`` names the fields whose value cannot be printed as it stands.
    """

    version: NoticeVersion
    signatures: list[str]
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
            for issuer in ([division] if division else []) + _joint(form)
        ],
        left_out=[
            str(form.fields[name].label)
            for name in PRINTED
            if name in form.errors and form.data.get(name)
        ],
    )


def _joint(form: ManuscriptForm) -> list[Division]:
    chosen = [int(form.cleaned_data[name]) for name in JOINT_FIELDS if form.cleaned_data.get(name)]
    divisions = Division.objects.select_related("organization", "parent").in_bulk(chosen)
    return [divisions[key] for key in dict.fromkeys(chosen)]
