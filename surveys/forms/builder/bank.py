"""Taking a question from the bank, and keeping one in it."""

from typing import Any

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form
from surveys.authoring import Json, all_questions, short

# What can't do without other questions, or a file of its survey.
_TIED = ("calculated", "image")


class TakeForm(Form):
    """Where a question of the bank goes."""

    offer = forms.CharField(max_length=30, widget=forms.HiddenInput)
    section = forms.ChoiceField(label="加える節")

    def __init__(self, *args: Any, document: Json, **kw: Any) -> None:
        super().__init__(*args, **kw)
        sections = [(each["id"], each["title"]) for each in document["sections"]]
        self.fields["section"].choices = sections  # type: ignore[attr-defined]


class KeepForm(Form):
    """Which question of the questionnaire is kept, with what definition, and for whom."""

    question = forms.ChoiceField(label="登録する設問")
    definition = PlainTextField(
        label="定義・記入要領",
        max_length=2000,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="用語の定義、含めるもの・含めないもの、基準日などを書きます。",
    )
    shared = forms.BooleanField(label="全ての課室で使えるようにする", required=False)

    def __init__(self, *args: Any, document: Json, **kw: Any) -> None:
        super().__init__(*args, **kw)
        questions = [(q["id"], short(q)) for q in all_questions(document) if q["type"] not in _TIED]
        self.fields["question"].choices = questions  # type: ignore[attr-defined]
