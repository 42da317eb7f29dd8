"""Handing a section to another division, and giving it back."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import Division
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, bare_helper

NOTE_LENGTH = 400


class GiveBackForm(Form):
    """A note beside the section that goes back; ``held_by``: the division that the page showed."""

    note = PlainTextField(
        label="連絡事項",
        lines=True,
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    held_by = forms.IntegerField(required=False, widget=forms.HiddenInput)
    helper = bare_helper()


class HandSectionForm(GiveBackForm):
    """The division that is to write the section, one of those that the page offers, and a note."""

    division = forms.ModelChoiceField(
        label="入力を依頼する課室", queryset=Division.objects.none(), empty_label="選んでください"
    )
    field_order = ("division", "note", "held_by")

    def __init__(self, *args: Any, divisions: QuerySet[Division], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ModelChoiceField[Division]", self.fields["division"])
        offered.queryset = divisions.select_related("parent")


class HandResponseForm(HandSectionForm):
    """The division that is to gather the whole response."""

    division = forms.ModelChoiceField(
        label="取りまとめを依頼する課室",
        queryset=Division.objects.none(),
        empty_label="選んでください",
    )
