"""How a person wishes to get their mail."""

from typing import Any

from crispy_forms.bootstrap import FormActions, InlineCheckboxes
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from onepublic.core.forms import Form
from onepublic.mail.models import MailPreference

AT_ONCE, COLLECTED = "at_once", "collected"
TIMINGS = (
    (AT_ONCE, "届くたびに受け取る"),
    (COLLECTED, "決まった時刻に、まとめて１通で受け取る"),
)
HOURS = [(str(hour), f"{hour}時") for hour in range(7, 21)]
NO_HOURS = "まとめて受け取る時刻を、１つ以上選んでください。"


class MailForm(Form):
    """``hours`` count only when the mail is to be collected."""

    timing = forms.ChoiceField(label="受け取り方", choices=TIMINGS, widget=forms.RadioSelect)
    hours = forms.MultipleChoiceField(
        label="まとめて受け取る時刻",
        choices=HOURS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="「まとめて１通で受け取る」を選んだときに使います。いくつでも選べます。",
    )
    business_days_only = forms.BooleanField(
        label="開庁日だけに受け取る",
        required=False,
        help_text="土日・祝日・年末年始（12月29日から1月3日まで）に届いたものは、次の開庁日にまとめます。",
    )

    @classmethod
    def showing(cls, sent: Any, preference: MailPreference | None) -> "MailForm":
        """The form with what was ``sent``, or with the person's wish when nothing was."""
        hours = preference.hours if preference else []
        now = {
            "timing": COLLECTED if hours else AT_ONCE,
            "hours": [str(hour) for hour in hours],
            "business_days_only": bool(preference and preference.business_days_only),
        }
        return cls(sent, initial=now)

    @property
    def helper(self) -> FormHelper:
        """The whole form with its button."""
        helper = FormHelper()
        hours = InlineCheckboxes("hours", wrapper_class="choices-even")
        save = FormActions(Submit("", "保存する"))
        helper.layout = Layout("timing", hours, "business_days_only", save)
        return helper

    def clean(self) -> dict[str, Any]:
        """To be collected, the mail needs an hour."""
        cleaned = super().clean() or {}
        if cleaned.get("timing") == COLLECTED and not cleaned.get("hours", True):
            self.add_error("hours", NO_HOURS)
        return cleaned

    def chosen_hours(self) -> list[int]:
        """The hours of a valid form, none when each mail is to come at once."""
        values = self.cleaned_data
        return [int(hour) for hour in values["hours"]] if values["timing"] == COLLECTED else []
