"""What an approver says when giving a response back."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.forms import BoundField

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm
from surveys.questionnaire import Question

RETURN_FORM = "return-inside"
LONGEST = 1000
_REMARK = "remark-"


class ReturnInsideForm(BareForm):
    """``reason``, and a remark on each question that the approver wants to point at.

    The fields of remarks stand at the answers, outside of the form's own tag.
    """

    reason = PlainTextField(
        label="差戻しの理由",
        lines=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="1,000文字以内。個々の設問への指摘は、下の各設問に書けます。",
    )

    def __init__(self, *args: Any, questions: Collection[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"{_REMARK}{question.id}"] = PlainTextField(
                label=f"指摘：{question.label}",
                lines=True,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3, "form": RETURN_FORM}),
            )

    @property
    def remark_fields(self) -> dict[str, BoundField]:
        """The inputs for remarks by question id."""
        names = [name for name in self.fields if name.startswith(_REMARK)]
        return {name.removeprefix(_REMARK): self[name] for name in names}

    @property
    def remarks(self) -> dict[str, str]:
        """What was said, by question id; empty where nothing was."""
        return {
            name.removeprefix(_REMARK): text.strip()
            for name, text in self.cleaned_data.items()
            if name.startswith(_REMARK)
        }
