"""A prefecture's note, its day and its files."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from notices.actions.cover_notes import Words
from notices.models import CoverNote, CoverNoteFile
from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import BareForm
from onepublic.core.wareki import wareki
from onepublic.files.forms import FilesInput, MoreFilesField
from onepublic.files.types import ACCEPTED_ENDINGS


class CoverNoteForm(BareForm):
    """``text`` in the notation of notices; ``due_on`` not after the ministry's day; ``without``
    are stored files to leave out; ``revision`` is the draft's that the page showed.
    """

    text = PlainTextField(
        label="本文",
        lines=True,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="5,000文字以内。見出し、番号つきの項目、表、リンクは、通知の本文と同じ書き方ができます。",
    )
    due_on = WarekiDateField(
        label="都道府県への期限",
        required=False,
        help_text="厚生労働省の期限より前に、県への報告や確認を求める場合に入力します。",
    )
    without = forms.MultipleChoiceField(
        label="外すファイル", required=False, widget=forms.CheckboxSelectMultiple
    )
    uploads = MoreFilesField(
        label="加えるファイル",
        required=False,
        max_length=500,
        widget=FilesInput(attrs={"accept": ",".join(ACCEPTED_ENDINGS)}),
        help_text="複数のファイルを一度に選べます。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        files: Iterable[CoverNoteFile],
        latest: date | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        field = cast(forms.MultipleChoiceField, self.fields["without"])
        field.choices = [(str(one.file_id), one.file.name) for one in files]
        if not field.choices:
            del self.fields["without"]

    def clean_due_on(self) -> date | None:
        """Today or later, and not after the day that the notice prints."""
        day: date | None = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise ValidationError("都道府県への期限は、今日以降の日付を入力してください。")
        if day and self.latest and day > self.latest:
            raise ValidationError(
                f"都道府県への期限は、通知の期限（{wareki(self.latest)}）以前の日付を入力してください。"
            )
        return day

    def words(self) -> Words:
        """What a valid form says."""
        values = self.cleaned_data
        return Words(
            text=values["text"],
            due_on=values["due_on"],
            uploads=values["uploads"],
            without=values.get("without", []),
        )

    @staticmethod
    def initial_of(note: CoverNote | None) -> dict[str, Any]:
        """What the form shows of the prefecture's newest wording; a published one begins the
        next, whose revision is 0.
        """
        if note is None:
            return {"revision": 0}
        return {
            "text": note.text,
            "due_on": wareki(note.due_on, weekday=False) if note.due_on else "",
            "revision": 0 if note.published_at else note.revision,
        }
