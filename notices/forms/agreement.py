"""Whether a division joins in issuing a notice."""

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm

AGREE, DECLINE = "agree", "decline"


class AgreementForm(BareForm):
    """``decision`` is AGREE or DECLINE; ``reason`` is asked for the second."""

    decision = forms.ChoiceField(
        label="連名での発出",
        choices=[(AGREE, "同意する"), (DECLINE, "同意しない")],
        widget=forms.RadioSelect,
    )
    reason = PlainTextField(
        label="同意しない理由",
        lines=True,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="同意しないときは、起案した課室に分かるように、1,000文字以内で入力してください。",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        """A refusal needs its reason."""
        declined = self.cleaned_data.get("decision") == DECLINE
        if declined and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", "同意しない理由を入力してください。")
