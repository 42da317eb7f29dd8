"""What a person says around handing in: why nothing applies, why it is taken back, more time."""

from django import forms

from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import BareForm

LONGEST = 1000


class NotApplicableForm(BareForm):
    """``reason`` why the whole survey does not apply."""

    reason = PlainTextField(
        label="該当なしとする理由",
        lines=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="1,000文字以内。例：対象となる施設がないため。",
    )


class PullBackForm(BareForm):
    """``reason``, which may be blank."""

    reason = PlainTextField(
        label="取り戻す理由（任意）",
        lines=True,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="1,000文字以内。",
    )


class ExtensionForm(BareForm):
    """``until``: the last day asked for; ``reason``."""

    until = WarekiDateField(label="希望する期限")
    reason = PlainTextField(
        label="理由",
        lines=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="1,000文字以内。実施する課室に伝わります。",
    )


class ExtensionDecisionForm(BareForm):
    """``until``: one day for all in place of what each asked for; ``remark`` to the askers."""

    until = WarekiDateField(
        label="認める期限",
        required=False,
        help_text="空欄のときは、申請された期限をそれぞれ認めます。承認のときだけ使います。",
    )
    remark = PlainTextField(
        label="連絡事項",
        lines=True,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="1,000文字以内。申請した人に伝わります。",
    )


class GivingTimeForm(BareForm):
    """``until``: the last day for all that are chosen; ``reason``, told to them."""

    until = WarekiDateField(
        label="新しい回答期限", help_text="この日の24時までの提出が期限内です。"
    )
    reason = PlainTextField(
        label="延長の理由",
        lines=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="1,000文字以内。対象の団体にそのまま伝わります。例：令和８年台風第18号の被害のため。",
    )
