"""What of the results is released, to whom, and how little is shown."""

from typing import Any, Final, cast

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm
from surveys.questionnaire import Questionnaire
from surveys.results.choosing import FEWEST, FEWEST_IN_PUBLIC, MOST, USUAL, Choice, releasable
from surveys.states import ReleaseScope

LONGEST: Final = 5000
_QUESTIONS: Final = "questions_"


class ReleaseForm(BareForm):
    """``choice()`` is what was chosen; the questions are chosen section by section."""

    scope = forms.ChoiceField(
        label="公表の範囲",
        choices=ReleaseScope,
        initial=ReleaseScope.ANSWERED,
        widget=forms.RadioSelect,
        help_text="どちらの場合も、厚生労働省の職員は見ることができます。",
    )
    smallest_group = forms.IntegerField(
        label="値を示す最少の団体数",
        min_value=FEWEST,
        max_value=MOST,
        initial=USUAL,
        widget=forms.NumberInput(attrs={"class": "field-short"}),
        help_text="これより少ない団体の数は「x」として秘匿します。合計などから逆算できる数も併せて秘匿"
        "します。中央値はこの2倍、四分位数は4倍の団体数から示します。",
    )
    note = PlainTextField(
        label="結果の活用（任意）",
        lines=True,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="結果をどのように使ったか、又は使う予定かを、5,000文字以内で入力してください。結果と"
        "一緒に表示します。",
    )
    is_public = forms.BooleanField(
        label="ログインせずに見られる公開用のリンクも作る",
        required=False,
        help_text=f"リンクを知る人は誰でも結果を見られます。値を示す最少の団体数は、{FEWEST_IN_PUBLIC}以上"
        "にします。",
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("question_ids")
        for number, (section, asked) in enumerate(releasable(questionnaire)):
            ids = [question.id for question in asked]
            self.fields[f"{_QUESTIONS}{number}"] = forms.MultipleChoiceField(
                label=f"公表する設問：{section.title}",
                choices=[(question.id, question.label) for question in asked],
                initial=[key for key in ids if chosen is None or key in chosen],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        """A public link shows nothing of fewer than FEWEST_IN_PUBLIC organizations."""
        cleaned = cast("dict[str, Any]", super().clean())
        smallest = cleaned.get("smallest_group") or FEWEST_IN_PUBLIC
        if cleaned.get("is_public") and smallest < FEWEST_IN_PUBLIC:
            self.add_error(
                "smallest_group",
                f"公開用のリンクを作る場合は、{FEWEST_IN_PUBLIC}以上にしてください。",
            )
        return cleaned

    def choice(self) -> Choice:
        """What was chosen in a form that is valid."""
        cleaned = self.cleaned_data
        chosen = [cleaned[name] for name in self.fields if name.startswith(_QUESTIONS)]
        return Choice(
            question_ids=[key for keys in chosen for key in keys],
            smallest_group=cleaned["smallest_group"],
            scope=ReleaseScope(cleaned["scope"]),
            note=cleaned["note"],
            is_public=cleaned["is_public"],
        )

    def sent(self) -> list[tuple[str, str]]:
        """Names and values as they came, to be sent once more by another page."""
        values = [(name, self[name].data) for name in self.fields]
        return [
            (name, str(value))
            for name, held in values
            for value in (held if isinstance(held, list) else [held])
            if value not in (None, "", False)
        ]


class PublicationForm(BareForm):
    """``mark`` of the figures that the page showed; ``confirmed`` where there is a public link."""

    mark = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label="公開用のリンクを知る人は誰でも結果を見られることを確認しました"
    )

    def __init__(self, *args: Any, is_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_public:
            del self.fields["confirmed"]
