"""Questions on a notice and their answers as they are typed."""

from collections.abc import Sequence

from django import forms

from notices.models import Message, Question
from onepublic.core import replies
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm, KeyedForm


class QuestionForm(BareForm, KeyedForm):
    """``text``: a new question or a further one."""

    text = PlainTextField(
        label="質問",
        lines=True,
        max_length=replies.LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="2,000文字以内。団体名を伏せて公開されることがあります。"
        "個人や団体が分かる事情は、必要な範囲で書いてください。",
    )

    field_order = ("text", "key")


class AnswerForm(replies.AnswerForm, KeyedForm):
    """An answer in the thread."""

    publish = forms.BooleanField(
        label="通知を受け取ったすべての団体に公開する",
        required=False,
        help_text="質問した団体の名前は表示されません。",
    )


class PublicationForm(replies.PublicationForm):
    """What is published of a thread."""

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
