"""The form that every form of the portal is: its complaints say what to do, and where.

Django says 「このフィールドは必須です。」 of any field; ours name it: 「件名を入力してください。」
What a field states in its own ``error_messages`` stays as it is.
"""

from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms

REOPEN = "画面の内容を読み取れませんでした。画面を開き直してください。"
CHOOSE_AGAIN = "{label}は、一覧にある中から選び直してください。"
NOT_A_DAY = "{label}は「2026-11-23」のように入力してください。"
NOT_A_NUMBER = "{label}は数字で入力してください。"
TOO_LONG = "{label}は%(limit_value)d文字以内で入力してください（現在%(show_value)d文字）。"
TOO_SHORT = "{label}は%(limit_value)d文字以上で入力してください（現在%(show_value)d文字）。"
CHOICE = {
    "required": "{label}を選んでください。",
    "invalid_choice": CHOOSE_AGAIN,
    "invalid_list": CHOOSE_AGAIN,
    "invalid_pk_value": CHOOSE_AGAIN,
}
WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "{label}を入力してください。"},
    forms.CharField: {
        "max_length": TOO_LONG,
        "min_length": TOO_SHORT,
        "null_characters_not_allowed": "{label}に使用できない文字（U+0000）が含まれています。",
    },
    forms.EmailField: {"invalid": "{label}は「name@example.jp」のように入力してください。"},
    forms.IntegerField: {
        "invalid": "{label}は整数で入力してください。",
        "min_value": "{label}は%(limit_value)s以上の数を入力してください。",
        "max_value": "{label}は%(limit_value)s以下の数を入力してください。",
    },
    forms.FloatField: {"invalid": NOT_A_NUMBER},
    forms.DecimalField: {"invalid": NOT_A_NUMBER},
    forms.DateField: {"invalid": NOT_A_DAY},
    forms.BooleanField: {"required": "「{label}」にチェックを入れてください。"},
    forms.ChoiceField: CHOICE,
    forms.ModelChoiceField: CHOICE,
    forms.ModelMultipleChoiceField: CHOICE,
    forms.UUIDField: {"invalid": REOPEN},
    forms.FileField: {
        "required": "{label}を選んでください。",
        "invalid": "{label}を受け取れませんでした。もう一度選んでください。",
        "missing": "{label}を受け取れませんでした。もう一度選んでください。",
        "empty": "{label}の中身が空です。内容のあるファイルを選んでください。",
        "max_length": "ファイル名は%(max)d文字以内にしてください（現在%(length)d文字）。",
        "contradiction": "{label}は、選ぶか取り消すかのどちらか一方にしてください。",
    },
}
"""Complaints by kind of field and Django's code; a special kind adds to those of its bases."""


class PlainWords(forms.BaseForm):
    """Beside a form of another package, gives its fields our words."""

    def full_clean(self) -> None:
        """Validate; here rather than at the start, because forms add fields to themselves."""
        for field in self.fields.values():
            field.error_messages = worded(field)
        super().full_clean()


class Form(PlainWords, forms.Form):
    """What every form of the portal is made from."""


class BareForm(Form):
    """A form whose page brings the form tag, the token and the buttons."""

    @property
    def helper(self) -> FormHelper:
        """The fields alone."""
        return bare_helper()


class KeyedForm(Form):
    """A form that makes something new: its ``key``, drawn with the page, makes a repeat harmless
    (see :mod:`onepublic.core.once`).
    """

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


def bare_helper() -> FormHelper:
    """For a form whose page brings the form tag, the token and the buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def worded(field: forms.Field) -> dict[str, Any]:
    """The field's complaints by code: its own where it has any, else ours instead of Django's."""
    stock = _of_django(field)
    given = {
        code: text for code, text in field.error_messages.items() if text is not stock.get(code)
    }
    return {**stock, **_ours(field), **given}


def _of_django(field: forms.Field) -> dict[str, Any]:
    kinds = [
        kind for kind in reversed(type(field).__mro__) if kind.__module__.startswith("django.")
    ]
    found: dict[str, Any] = {}
    for kind in kinds:
        found |= vars(kind).get("default_error_messages", {})
    return found


def _ours(field: forms.Field) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        found |= WORDS.get(kind, {})
    if field.widget.is_hidden:
        return dict.fromkeys(found, REOPEN)
    label = str(field.label or "").replace("%", "％")  # Django fills in limits behind a per cent
    return {code: text.format(label=label) for code, text in found.items()}
