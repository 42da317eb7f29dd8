"""When a survey reminds, and what is added to a reminder sent by hand."""

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm
from surveys.reminding import PLANNABLE_DAYS, in_words

LONGEST = 1000


class ReminderPlanForm(BareForm):
    """``days``: from the deadline, as PLANNABLE_DAYS."""

    days = forms.TypedMultipleChoiceField(
        label="督促する日",
        choices=[(day, in_words(day)) for day in PLANNABLE_DAYS],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="回答期限から数えます。何も選ばなければ、自動では督促しません。",
    )


class ReminderForm(BareForm):
    """``text``, which may be blank."""

    text = PlainTextField(
        label="添える文（任意）",
        lines=True,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="1,000文字以内。メールの本文に加えます。",
    )
