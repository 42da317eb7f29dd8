"""What is asked about a survey, and what is answered."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, bare_helper
from surveys.models import Inquiry
from surveys.questionnaire import Question

LONGEST_QUESTION = 2000
LONGEST_REPLY = 5000
WHOLE = ("", "調査全体について")


class _Bare(Form):
    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its buttons."""
        return bare_helper()


class InquiryForm(_Bare):
    """``question``: its id, "" for the whole survey; ``text``."""

    question = forms.ChoiceField(label="質問する設問", required=False)
    text = PlainTextField(
        label="質問",
        lines=True,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="2,000文字以内。団体名を伏せて、回答とともにすべての団体に公開されることが"
        "あります。個人や団体が分かる事情は、必要な範囲で書いてください。",
    )

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(question.id, _shortened(question.label)) for question in questions]
        self.fields["question"].choices = [WHOLE, *choices]  # type: ignore[attr-defined]


class ReplyForm(_Bare):
    """``reply``; with ``publish`` also the wording of the question for all to read."""

    reply = PlainTextField(
        label="回答",
        lines=True,
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="5,000文字以内。質問した団体には、すぐに届きます。",
    )
    publish = forms.BooleanField(
        label="依頼したすべての団体に公開する",
        required=False,
        help_text="設問の下に表示されます。質問した団体の名前は表示されません。",
    )
    public_text = PlainTextField(
        label="公開する質問の文",
        lines=True,
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="公開する場合に使います。団体や個人が分かる部分は書き換えてください。",
    )

    def clean(self) -> dict[str, Any]:
        """A published answer needs the question that it answers."""
        values = super().clean() or self.cleaned_data
        if values.get("publish") and not values.get("public_text", "x"):
            self.add_error("public_text", "公開する質問の文を入力してください。")
        return values

    @property
    def wording(self) -> str:
        """The question as it is to be published; empty when the answer is for the asker alone."""
        return self.cleaned_data["public_text"] if self.cleaned_data["publish"] else ""


class PublicWordsForm(_Bare):
    """The words in which question and answer are shown to all."""

    public_text = PlainTextField(
        label="公開する質問の文",
        lines=True,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="団体や個人が分かる部分は書き換えてください。",
    )
    public_reply = PlainTextField(
        label="公開する回答の文",
        lines=True,
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    @staticmethod
    def initial_of(inquiry: Inquiry) -> dict[str, str]:
        """The words that are or were published; before that what was asked and answered."""
        return {
            "public_text": inquiry.public_text or inquiry.text,
            "public_reply": inquiry.public_reply or inquiry.reply,
        }


def _shortened(label: str) -> str:
    return label if len(label) <= 60 else f"{label[:59]}…"
