"""What is asked about a survey, and what is answered."""

from collections.abc import Iterable
from typing import Any

from django import forms

from onepublic.core import replies
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm
from surveys.models import Inquiry
from surveys.questionnaire import Question

WHOLE = ("", "調査全体について")


class InquiryForm(BareForm):
    """``question``: its id, "" for the whole survey; ``text``."""

    question = forms.ChoiceField(label="質問する設問", required=False)
    text = PlainTextField(
        label="質問",
        lines=True,
        max_length=replies.LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="2,000文字以内。団体名を伏せて、回答とともにすべての団体に公開されることが"
        "あります。個人や団体が分かる事情は、必要な範囲で書いてください。",
    )

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(question.id, _shortened(question.label)) for question in questions]
        self.fields["question"].choices = [WHOLE, *choices]  # type: ignore[attr-defined]


class ReplyForm(replies.AnswerForm):
    """The answer to an inquiry."""

    publish = forms.BooleanField(
        label="依頼したすべての団体に公開する",
        required=False,
        help_text="設問の下に表示されます。質問した団体の名前は表示されません。",
    )


class PublicWordsForm(replies.PublicationForm):
    """What is published of an inquiry."""

    @staticmethod
    def initial_of(inquiry: Inquiry) -> dict[str, str]:
        """The words that are or were published; before that what was asked and answered."""
        return {
            "public_question": inquiry.public_text or inquiry.text,
            "public_answer": inquiry.public_reply or inquiry.reply,
        }


def _shortened(label: str) -> str:
    return label if len(label) <= 60 else f"{label[:59]}…"
