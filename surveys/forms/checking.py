"""What the ministry says of responses that were handed in."""

from typing import Any

from django import forms

from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import BareForm
from surveys.forms.approval import LONGEST, ReturnInsideForm


class ReturnForm(BareForm):
    """``reason`` and, for those that would have to be handed in earlier, ``until``."""

    reason = PlainTextField(
        label="差戻しの理由",
        lines=True,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="1,000文字以内。回答した機関にそのまま伝わります。",
    )
    until = WarekiDateField(
        label="直して提出する期限",
        required=False,
        help_text="空欄のときは、現在の期限のままです。期限を過ぎている場合は入力してください。",
    )


class CheckForm(ReturnInsideForm):
    """The same for one response, with a remark on each question that is pointed at.

    ``comment_only``: the response stays where it is, and the reason may be blank.
    """

    until = ReturnForm.base_fields["until"]

    def __init__(self, *args: Any, comment_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "理由（全体への指摘）"
        self.fields["reason"].required = not comment_only
