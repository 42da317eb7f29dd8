"""Whose work a received notice is."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import Division
from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm


class HandOverForm(BareForm):
    """``division``, one of those that the page offers, and a ``remark`` for its people."""

    division = forms.ModelChoiceField(
        label="引き継ぐ課室", queryset=Division.objects.none(), empty_label="選んでください"
    )
    remark = PlainTextField(
        label="申し送り",
        max_length=300,
        required=False,
        help_text="引き継いだ課室の職員に伝えることを、300文字以内で入力してください。発出元には見えません。",
    )

    def __init__(self, *args: Any, divisions: "QuerySet[Division]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ModelChoiceField[Division]", self.fields["division"])
        offered.queryset = divisions.select_related("parent")


class DeclineForm(BareForm):
    """``to``, who is responsible instead, and the ``reason``; the issuer sees both."""

    to = PlainTextField(
        label="所管する機関・課室",
        max_length=100,
        help_text="この通知を受け取るべきところを入力してください。例：福祉局保護課",
    )
    reason = PlainTextField(
        label="所管外とする理由",
        lines=True,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="発出元に伝わります。300文字以内で入力してください。",
    )
