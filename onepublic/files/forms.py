"""Several files at once, each checked by its content."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

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


class MoreFilesField(FilesField):
    """Files, or none."""

    def clean(self, data: Any, initial: Any = None) -> "list[File[Any]]":
        """As :class:`FilesField`, but an empty list where nothing was chosen."""
        return super().clean(data, initial) if data else []


def _refusals(file: "File[Any]") -> list[str]:
    try:
        check_upload(file)
    except ValidationError as refusal:
        return list(refusal.messages)
    return []
