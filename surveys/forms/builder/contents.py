"""The fields of a form that only some types of questions have, under the names of their keys."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from onepublic.core.fields import PlainTextField, WarekiDateField
from surveys.questionnaire import InvalidValue
from surveys.questionnaire.attributes import KINDS
from surveys.questionnaire.kinds import MonthAnswer, NumberAnswer, YearAnswer

_DECIMALS: Final = [(n, f"小数点以下{n}桁" if n else "整数のみ") for n in range(7)]


class AmountField(forms.CharField):
    """A number as people type it (１，０００); None when blank."""

    answer: NumberAnswer | YearAnswer = NumberAnswer(decimals=6)

    def to_python(self, value: Any) -> Any:
        """The number as JSON holds it. Raises ValidationError for anything else."""
        text = (value or "").strip()
        if not text:
            return None
        try:
            number = self.answer.normalise(text)
        except InvalidValue as refusal:
            raise ValidationError(str(refusal)) from None
        return float(number) if isinstance(number, Decimal) else number


class YearField(AmountField):
    """A year, typed in either calendar; None when blank."""

    answer = YearAnswer()


class MonthField(forms.CharField):
    """A month as ``YYYY-MM``, typed in either calendar; None when blank."""

    def to_python(self, value: Any) -> Any:
        """The month. Raises ValidationError for anything else."""
        text = (value or "").strip()
        try:
            return MonthAnswer().normalise(text) if text else None
        except InvalidValue as refusal:
            raise ValidationError(str(refusal)) from None


class ExtensionsField(forms.CharField):
    """File extensions, as ``.pdf、.xlsx``."""

    def prepare_value(self, value: Any) -> Any:
        """The list as text."""
        return "、".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The extensions, each with its dot, in lower case."""
        words = (value or "").replace("、", " ").replace(",", " ").split()
        return [f".{word.lower().lstrip('.')}" for word in words]


def _amount(label: str, **more: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return AmountField(label=label, required=False, widget=widget, **more)


def _year(label: str) -> forms.Field:
    return YearField(label=label, required=False, help_text="「令和8年」「2026」のどちらでも。")


def _month(label: str) -> forms.Field:
    return MonthField(label=label, required=False, help_text="「令和8年11月」「2026-11」など。")


def _whole(label: str, low: int, high: int, *, required: bool = True, **more: Any) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, min_value=low, max_value=high, required=required, widget=widget, **more
    )


def _text(label: str, longest: int, **more: Any) -> forms.Field:
    return PlainTextField(label=label, max_length=longest, required=False, **more)


def _decimals() -> forms.Field:
    return forms.TypedChoiceField(label="小数", choices=_DECIMALS, coerce=int)


def _unit() -> forms.Field:
    return _text("単位", 20, help_text="人、件、円など。")


def _longest() -> forms.Field:
    return _whole("文字数の上限", 1, 4000)


def _flag(label: str, **more: Any) -> forms.Field:
    return forms.BooleanField(label=label, required=False, **more)


_LEAST, _MOST = "最小値", "最大値"
Fields = Mapping[str, Callable[[], forms.Field]]
_NUMBER: Fields = {
    "unit": _unit,
    "min": lambda: _amount(_LEAST, help_text="空欄は制限なし。"),
    "max": lambda: _amount(_MOST, help_text="空欄は制限なし。"),
    "decimals": _decimals,
}
CONTENTS: Final[Mapping[str, Fields]] = {
    "number": {
        **_NUMBER,
        "grouped": lambda: _flag("3桁ごとに区切る", help_text="番号や年には付けません。"),
    },
    "currency": {
        "unit": lambda: forms.ChoiceField(
            label="単位", choices=[(unit, unit) for unit in ("円", "千円", "百万円")]
        ),
        "min": lambda: _amount(_LEAST),
        "max": lambda: _amount(_MOST),
    },
    "percent": {
        "min": lambda: _amount(_LEAST),
        "max": lambda: _amount(_MOST),
        "decimals": _decimals,
    },
    "scale": {
        "min": lambda: _whole("一方の端の数", -10, 100),
        "min_label": lambda: _text("その意味", 40, help_text="「全くそう思わない」など。"),
        "max": lambda: _whole("他方の端の数", -10, 100),
        "max_label": lambda: _text("その意味", 40, help_text="「とてもそう思う」など。"),
    },
    "multiple": {
        "min_select": lambda: _whole("選ぶ数の下限", 0, 100, required=False),
        "max_select": lambda: _whole("選ぶ数の上限", 1, 100, required=False),
    },
    "ranking": {
        "max_rank": lambda: _whole(
            "何位まで付けるか", 1, 100, required=False, help_text="空欄は全てに順位を付けます。"
        )
    },
    "text": {
        "max_length": _longest,
        "pattern": lambda: _text(
            "書き方の型（正規表現）", 200, help_text="例：[0-9]{7}。なくても構いません。"
        ),
    },
    "longtext": {"max_length": _longest},
    "date": {
        "min": lambda: WarekiDateField(label="最も早い日", required=False),
        "max": lambda: WarekiDateField(label="最も遅い日", required=False),
    },
    "month": {"min": lambda: _month("最も早い月"), "max": lambda: _month("最も遅い月")},
    "year": {
        "min": lambda: _year("最も早い年"),
        "max": lambda: _year("最も遅い年"),
        "fiscal": lambda: _flag("年度で答える"),
    },
    "organization": {
        "kinds": lambda: forms.MultipleChoiceField(
            label="選べる団体の種別",
            choices=list(KINDS.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="選ばなければ、全ての種別です。",
        )
    },
    "table": {
        "row": lambda: _flag("行の合計を表示する"),
        "column": lambda: _flag("列の合計を表示する"),
    },
    "dynamic_table": {
        "min_rows": lambda: _whole("最少の行数", 0, 100),
        "max_rows": lambda: _whole("最多の行数", 1, 100),
        "column": lambda: _flag("列の合計を表示する"),
    },
    "file": {
        "accept": lambda: ExtensionsField(label="受け付ける拡張子"),
        "max_files": lambda: _whole("ファイル数の上限", 1, 20),
        "max_mb": lambda: _whole("1件の大きさの上限（MB）", 1, 100),
    },
    "calculated": {"unit": _unit, "decimals": _decimals},
    "note": {
        "text": lambda: PlainTextField(
            label="本文", max_length=4000, lines=True, widget=forms.Textarea(attrs={"rows": 6})
        )
    },
    "image": {
        "alt": lambda: PlainTextField(
            label="画像の説明",
            max_length=500,
            help_text="画像を見られない人に、同じ内容が伝わるように書きます。",
        ),
        "caption": lambda: _text("画像の下に添える文", 500),
    },
}
TOTALS: Final = ("row", "column")
