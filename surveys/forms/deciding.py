"""Why a survey is given back or called off, and until when it takes answers again."""

from django import forms

from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import BareForm

REASON_LENGTH = 1000


class ReturnSurveyForm(BareForm):
    """``reason``: what the drafter has to mend."""

    reason = PlainTextField(
        label="差戻しの理由",
        lines=True,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="直すところが起案者に分かるように、1,000文字以内で入力してください。",
    )


class CancellationForm(BareForm):
    """``reason``: told to everybody asked; ``mark`` is what the page showed."""

    reason = PlainTextField(
        label="中止の理由",
        lines=True,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="受付を始めたあとは、依頼先にそのまま伝わります。1,000文字以内で入力してください。",
    )
    mark = forms.CharField(widget=forms.HiddenInput, required=False)


class ReopeningForm(BareForm):
    """``due_on``: the new deadline."""

    due_on = WarekiDateField(
        label="新しい回答の期限", help_text="この日の24時までの提出が期限内です。"
    )
