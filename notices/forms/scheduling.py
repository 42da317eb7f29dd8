"""When a notice is to go out."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from notices.actions.scheduling import why_not_at
from onepublic.core.fields import WarekiDateField
from onepublic.core.forms import Form, bare_helper


class ScheduleForm(Form):
    """``moment()`` is the time in Japan that was typed."""

    day = WarekiDateField(label="発出する日")
    time = forms.TimeField(
        label="発出する時刻",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "時刻は「17:55」のように入力してください。"},
    )

    @property
    def helper(self) -> FormHelper:
        """Day and time side by side; the page brings the form tag and its button."""
        helper = bare_helper()
        helper.layout = Layout(Row("day", "time"))
        return helper

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError for a time that has passed or is too far ahead."""
        cleaned = super().clean() or {}
        if {"day", "time"} <= set(cleaned) and (refusal := why_not_at(self._moment(cleaned))):
            raise ValidationError(refusal)
        return cleaned

    def moment(self) -> datetime:
        """The time of a valid form."""
        return self._moment(self.cleaned_data)

    @staticmethod
    def _moment(values: dict[str, Any]) -> datetime:
        return timezone.make_aware(datetime.combine(values["day"], values["time"]))
