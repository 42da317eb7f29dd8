"""What a division sets for its notices."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import BareForm

NO_SYMBOL = "符号は「医政発」のように、数字と「第」「号」を含めずに入力してください。"


class IssuingRuleForm(BareForm):
    """``symbol`` and ``requires_agreement``; what the person may not change is shown only."""

    symbol = PlainTextField(
        label="文書番号の符号",
        max_length=20,
        required=False,
        help_text=(
            "例：医政発。「番号を付ける」を押すと、"
            "符号、発出日の月日、その年の通し番号から「医政発1123第1号」のように採番します。"
        ),
    )
    requires_agreement = forms.BooleanField(
        label="この課室を連名に加えるときは、この課室の決裁者の同意を必要とする",
        required=False,
        help_text="選ぶと、同意するまで、ほかの課室は連名の通知を発出できません。",
    )

    def __init__(self, *args: Any, fixed: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fixed:
            self.fields[name].disabled = True

    def clean_symbol(self) -> str:
        """The symbol; refuses one that could not be told from the rest of a number."""
        symbol: str = self.cleaned_data["symbol"]
        if any(one.isdigit() or one.isspace() or one in "第号" for one in symbol):
            raise ValidationError(NO_SYMBOL)
        return symbol
