"""Why a notice is given back, corrected or withdrawn, and to what it relates."""

from django import forms

from notices.states import RelationKind
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm, Form


class ReturnForm(BareForm):
    """``reason``: what the drafter has to mend."""

    reason = PlainTextField(
        label="差戻しの理由",
        lines=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="直すところが起案者に分かるように、1,000文字以内で入力してください。",
    )


class CorrectionForm(BareForm):
    """``reason``: told to everybody who has the notice; ``acknowledge_again``."""

    reason = PlainTextField(
        label="訂正の理由",
        lines=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="宛先の団体にそのまま伝わります。1,000文字以内で入力してください。",
    )
    acknowledge_again = forms.BooleanField(
        label="確認（受領）を改めて求める",
        required=False,
        help_text="選ぶと、すでに確認済みの団体も「未確認」に戻ります。",
    )


class RelationForm(Form):
    """``target``: key of the other notice; ``kind``: what is done to it."""

    target = forms.IntegerField(label="相手の通知", min_value=1, max_value=2**63 - 1)
    kind = forms.ChoiceField(label="関係", choices=RelationKind.choices)


class WithdrawalForm(BareForm):
    """``reason``: shown instead of the content, to whoever could read it."""

    reason = PlainTextField(
        label="取下げの理由",
        lines=True,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="通知を開いた人に、内容の代わりに表示されます。1,000文字以内で入力してください。",
    )
