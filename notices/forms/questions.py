"""Questions and answers as they are typed."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from notices.models import Message, Question
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form, KeyedForm, bare_helper

LONGEST_QUESTION = 2000
LONGEST_ANSWER = 5000


class _Said(KeyedForm):
    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its buttons."""
        return bare_helper()


class QuestionForm(_Said):
    """``text``: a new question or a further one."""

    text = PlainTextField(
        label="質問",
        lines=True,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="2,000文字以内。団体名を伏せて公開されることがあります。"
        "個人や団体が分かる事情は、必要な範囲で書いてください。",
    )

    field_order = ("text", "key")


class AnswerForm(_Said):
    """``text``; with ``publish`` also the wording of the question for all to read."""

    text = PlainTextField(
        label="回答",
        lines=True,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="5,000文字以内。質問した団体には、すぐに届きます。",
    )
    publish = forms.BooleanField(
        label="通知を受け取ったすべての団体に公開する",
        required=False,
        help_text="質問した団体の名前は表示されません。",
    )
    public_question = PlainTextField(
        label="公開する質問の文",
        lines=True,
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="公開する場合に使います。団体や個人が分かる部分は書き換えてください。",
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


class PublicationForm(Form):
    """The wording in which question and answer are shown to all.

    It stands on one page with :class:`AnswerForm`, hence the ids of its own.
    """

    public_question = PlainTextField(
        label="公開する質問の文",
        lines=True,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="団体や個人が分かる部分は書き換えてください。",
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

    @property
    def helper(self) -> FormHelper:
        """The page brings the form tag and its buttons."""
        return bare_helper()

    @staticmethod
    def initial_of(question: Question, said: Sequence[Message]) -> dict[str, str]:
        """The words that are published; before that the first question and the last answer of
        what was ``said``.
        """
        if question.public_question:
            return {
                "public_question": question.public_question,
                "public_answer": question.public_answer,
            }
        answers = [message.text for message in said if message.is_answer]
        return {
            "public_question": said[0].text if said else "",
            "public_answer": answers[-1] if answers else "",
        }
