"""A disaster that is declared for organizations."""

from typing import Any

from django import forms

from accounts.models import Disaster
from accounts.naming import Pasted, organizations_in
from onepublic.core.fields import PlainTextField, WarekiDateField
from onepublic.core.forms import BareForm

TOO_MANY = "一度に登録できるのは2,000行までです。"
UNKNOWN = "次の行の団体が分かりません：{lines}"
BACKWARDS = "終了日は、開始日以後の日にしてください。"
NOBODY = "対象の団体を1つ以上入力してください。"


class DisasterForm(BareForm):
    """``name``, ``since``, ``until`` and the organizations as names or codes, one to a line.

    A prefecture alone means its office; 「管内全て」 adds all of its municipalities.
    """

    name = PlainTextField(label="災害の名称", max_length=100)
    since = WarekiDateField(label="開始日")
    until = WarekiDateField(
        label="終了日", required=False, help_text="空欄のときは、終えるまで続きます。"
    )
    places = PlainTextField(
        label="対象の団体",
        lines=True,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="団体名又は団体コードを、1行に1つ入力してください。",
    )
    with_area = forms.BooleanField(
        label="都道府県を入力したときは、管内の全市区町村も対象にする", required=False
    )

    def clean_places(self) -> Pasted:
        """The organizations; lines that fit none or several are given back as they were written."""
        try:
            found = organizations_in(self.cleaned_data["places"])
        except ValueError:
            raise forms.ValidationError(TOO_MANY) from None
        if found.unresolved:
            raise forms.ValidationError(UNKNOWN.format(lines="、".join(found.unresolved[:20])))
        if not found.found:
            raise forms.ValidationError(NOBODY)
        return found

    def clean(self) -> dict[str, Any]:
        """The period runs forward."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", BACKWARDS)
        return cleaned


class DisasterEndForm(BareForm):
    """``until``: the last day."""

    until = WarekiDateField(label="終了日")

    def __init__(self, *args: Any, disaster: Disaster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._since = disaster.since

    def clean_until(self) -> Any:
        """Not before its beginning."""
        until = self.cleaned_data["until"]
        if until < self._since:
            raise forms.ValidationError(BACKWARDS)
        return until
