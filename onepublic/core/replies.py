"""A question is answered, and question and answer may be shown to all: the forms of both trades."""

from typing import Any

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm

LONGEST_QUESTION = 2000
LONGEST_ANSWER = 5000
REWORD = "団体や個人が分かる部分は書き換えてください。"


class AnswerForm(BareForm):
    """``text``; with ``publish`` also the wording of the question for all to read.

    Who "all" are is said by the form that derives from this one.
    """

    text = PlainTextField(
        label="回答",
        lines=True,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="5,000文字以内。質問した団体には、すぐに届きます。",
    )
    publish = forms.BooleanField(label="すべての団体に公開する", required=False)
    public_question = PlainTextField(
        label="公開する質問の文",
        lines=True,
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"公開する場合に使います。{REWORD}",
    )

    field_order = ("text", "publish", "public_question", "key")

    def clean(self) -> dict[str, Any]:
        """A published answer needs the question that it answers."""
        values = super().clean() or self.cleaned_data
        if values.get("publish") and not values.get("public_question", "x"):
            self.add_error("public_question", "公開する質問の文を入力してください。")
        return values

    @property
    def wording(self) -> str:
        """The question as it is to be published; empty when the answer is for the asker alone."""
        return self.cleaned_data["public_question"] if self.cleaned_data["publish"] else ""


class PublicationForm(BareForm):
    """The words in which question and answer are shown to all.

    It stands on one page with :class:`AnswerForm`, hence the ids of its own.
    """

    public_question = PlainTextField(
        label="公開する質問の文",
        lines=True,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=REWORD,
    )
    public_answer = PlainTextField(
        label="公開する回答の文",
        lines=True,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "id_publication_%s"
        super().__init__(*args, **kwargs)
