"""A prefecture's note and day for one survey."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import BareForm
from onepublic.core.wareki import wareki
from onepublic.files.forms import FilesInput, MoreFilesField
from onepublic.files.models import StoredFile
from onepublic.files.types import ACCEPTED_ENDINGS
from surveys.actions.prefecture_rounds import NOT_EARLIER, RoundWords
from surveys.models import PrefectureRound

PAST_DAY = "都道府県への期限は、今日以後の日を入力してください。"


class RoundForm(BareForm):
    """``due_on`` lies before the ministry's day (``latest``); ``without`` are stored files to
    leave out; ``revision`` is what the page showed.
    """

    note = PlainTextField(
        label="連絡事項",
        lines=True,
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="5,000文字以内。管内の市区町村の、回答の画面に表示されます。",
    )
    due_on = WarekiDateField(
        label="都道府県への期限",
        required=False,
        help_text="厚生労働省の期限より前に提出を求める場合に入力します。"
        "この日を過ぎても、厚生労働省の期限までは提出できます。",
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
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, files: Iterable[StoredFile], latest: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        field = cast(forms.MultipleChoiceField, self.fields["without"])
        field.choices = [(str(one.pk), one.name) for one in files]
        if not field.choices:
            del self.fields["without"]

    def clean_due_on(self) -> date | None:
        """Today or later unless it stands so already, and before the ministry's day."""
        day: date | None = self.cleaned_data["due_on"]
        if day and day < timezone.localdate() and day != self.initial.get("due_on"):
            raise ValidationError(PAST_DAY)
        if day and day >= self.latest:
            raise ValidationError(NOT_EARLIER.format(wareki(self.latest)))
        return day

    def words(self) -> RoundWords:
        """What a valid form says."""
        values = self.cleaned_data
        return RoundWords(
            note=values["note"],
            due_on=values["due_on"],
            uploads=values["uploads"],
            without=values.get("without", []),
        )


def initial_of(stored: PrefectureRound | None) -> dict[str, Any]:
    """What the form shows."""
    if stored is None:
        return {"revision": 0}
    return {"note": stored.note, "due_on": stored.due_on, "revision": stored.revision}
