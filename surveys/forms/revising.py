"""Why a questionnaire is revised, and that what it does to answers was seen."""

from typing import Any

from django import forms

from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import BareForm
from surveys.forms.deciding import REASON_LENGTH


class RevisionForm(BareForm):
    """``reason``: told to those whose answers it touches."""

    reason = PlainTextField(
        label="改訂の理由",
        lines=True,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="回答に影響がある機関に、そのまま伝わります。1,000文字以内で入力してください。",
    )


class RevisionPublicationForm(BareForm):
    """``confirmed`` and ``until`` are asked only where changes are ``harmful`` and give submitted
    responses back (``returns``); ``mark`` is what the page showed.
    """

    confirmed = forms.BooleanField(label="回答への影響を確かめました")
    until = WarekiDateField(
        label="差し戻す回答の再提出の期限", help_text="この日の24時までの提出が期限内です。"
    )
    mark = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, harmful: bool, returns: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not harmful:
            del self.fields["confirmed"]
        if not returns:
            del self.fields["until"]
