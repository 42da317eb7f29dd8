"""Several files at once, each checked by its content."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

from notices.states import AttachmentKind
from onepublic.core.forms import Form, bare_helper
from onepublic.files.types import ACCEPTED_ENDINGS
from onepublic.files.uploads import check_upload


class FilesInput(forms.ClearableFileInput):
    """The browser's file picker, for more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files, none of which is taken when one is refused."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[File[Any]]":
        """The files; raises ValidationError with a sentence for each that is refused."""
        sent = data if isinstance(data, Sequence) else [data]
        files = [super(FilesField, self).clean(file, initial) for file in sent or [None]]
        if refusals := [message for file in files for message in _refusals(file)]:
            raise ValidationError([*refusals, "ファイルは１件も添付されていません。"])
        return files


class AttachmentsForm(Form):
    """``uploads`` of one ``kind``; ``revision`` is the one that the page showed."""

    kind = forms.ChoiceField(label="区分", choices=AttachmentKind.choices)
    uploads = FilesField(
        label="ファイル",
        max_length=500,
        widget=FilesInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
        help_text="複数のファイルを一度に選べます。PDF、Word、Excel、PowerPoint、ZIP、画像、テキストを添付できます。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its button."""
        return bare_helper()


def _refusals(file: "File[Any]") -> list[str]:
    try:
        check_upload(file)
    except ValidationError as refusal:
        return list(refusal.messages)
    return []
