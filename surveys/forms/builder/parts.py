"""One option, row or column of a question, as a row of its form."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form
from surveys.authoring import Json
from surveys.forms.builder.contents import CONTENTS, AmountField
from surveys.forms.builder.rows import NewId, keyed_lines

COLUMN_TYPES: Final = [
    ("number", "数値"),
    ("text", "文字"),
    ("single", "一つ選ぶ"),
    ("date", "日付"),
    ("yesno", "はい・いいえ"),
]
FREE_LENGTH: Final = 100
_HIDDEN: Final = forms.HiddenInput


class _Labelled(Form):
    label = PlainTextField(label="表示する文字", max_length=500)
    details_label = "詳しい設定"

    @property
    def details(self) -> list[forms.BoundField]:
        """What stands behind the label, out of sight until it is wanted."""
        return [field for field in self.visible_fields() if field.name != "label"]

    @property
    def is_open(self) -> bool:
        """Whether the details are shown at once: something in them is set, or refused."""
        return any(field.value() or (self.is_bound and field.errors) for field in self.details)


class PlainOptionForm(_Labelled):
    """An option that is only chosen: of a ranking or a matrix."""

    value = forms.CharField(widget=_HIDDEN)

    def content(self) -> Json:
        """The option as the document holds it."""
        return {"value": self.cleaned_data["value"], "label": self.cleaned_data["label"]}

    @classmethod
    def raw(cls, part: Json) -> dict[str, str]:
        """What the row of an option of the document shows."""
        return {"value": part["value"], "label": part["label"]}


class OptionForm(PlainOptionForm):
    """An option of a choice, with the text that it may ask for."""

    details_label = "自由記入など"

    free = forms.BooleanField(label="選んだときに自由記入欄を出す", required=False)
    free_label = PlainTextField(label="自由記入欄の見出し", max_length=500, required=False)
    free_required = forms.BooleanField(label="自由記入を必須にする", required=False)
    free_length = forms.IntegerField(
        label="自由記入の文字数の上限", min_value=1, max_value=4000, required=False
    )

    def content(self) -> Json:
        """The option as the document holds it."""
        sent = self.cleaned_data
        if not sent["free"]:
            return super().content()
        free_text = {
            "label": sent["free_label"] or "内容",
            "required": sent["free_required"],
            "max_length": sent["free_length"] or FREE_LENGTH,
        }
        return {**super().content(), "free_text": free_text}

    @classmethod
    def raw(cls, part: Json) -> dict[str, str]:
        """What the row of an option of the document shows."""
        free = part.get("free_text")
        shown = super().raw(part)
        if part.get("exclusive"):
            shown["exclusive"] = "on"
        if free:
            shown |= {"free": "on", "free_label": free["label"]}
            shown["free_length"] = str(free["max_length"])
            shown |= {"free_required": "on"} if free.get("required") else {}
        return shown


class ExclusiveOptionForm(OptionForm):
    """An option of a multiple choice, which may exclude the others."""

    exclusive = forms.BooleanField(label="ほかの選択肢と同時に選べない", required=False)

    def content(self) -> Json:
        """The option as the document holds it."""
        alone = {"exclusive": True} if self.cleaned_data["exclusive"] else {}
        return {**super().content(), **alone}


class RowForm(_Labelled):
    """A row of a table or a matrix."""

    id = forms.CharField(widget=_HIDDEN)

    def content(self) -> Json:
        """The row as the document holds it."""
        return {"id": self.cleaned_data["id"], "label": self.cleaned_data["label"]}

    @classmethod
    def raw(cls, part: Json) -> dict[str, str]:
        """What the form of a row of the document shows."""
        return {"id": part["id"], "label": part["label"]}


class ColumnForm(RowForm):
    """A column of a table with what its cells take."""

    details_label = "種類・単位・範囲"

    type = forms.ChoiceField(label="種類", choices=COLUMN_TYPES, required=False)
    unit = PlainTextField(label="単位", max_length=20, required=False)
    min = AmountField(label="最小値", required=False)
    max = AmountField(label="最大値", required=False)
    decimals = forms.IntegerField(label="小数の桁数", min_value=0, max_value=6, required=False)
    max_length = forms.IntegerField(
        label="文字数の上限", min_value=1, max_value=4000, required=False
    )
    options = PlainTextField(
        label="選択肢（1行に1つ）",
        max_length=20_000,
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    required = forms.BooleanField(label="行があるときは必須", required=False)

    def __init__(self, *args: Any, before: Json | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before or {}

    def clean(self) -> dict[str, Any]:
        """A column to choose in needs something to choose from."""
        sent = super().clean() or self.cleaned_data
        if sent.get("type") == "single" and not (sent.get("options") or "").strip():
            self.add_error("options", "選択肢を1行に1つずつ入力してください。")
        return sent

    def content_of(self, new_value: NewId) -> Json:
        """The column as the document holds it; ``new_value`` makes values of new options."""
        sent, kind = self.cleaned_data, self.cleaned_data["type"] or "number"
        column = self.content()
        if kind != "number":
            column["type"] = kind
        if kind == "number":
            column |= {key: sent[key] for key in ("min", "max") if sent[key] is not None}
            column |= {"unit": sent["unit"], "decimals": sent["decimals"] or 0}
            column |= {key: self.before[key] for key in ("grouped",) if key in self.before}
        elif kind == "text":
            column["max_length"] = sent["max_length"] or FREE_LENGTH
            column |= {key: self.before[key] for key in ("pattern",) if key in self.before}
        elif kind == "single":
            column["options"] = keyed_lines(
                sent["options"], self.before.get("options", []), new_value
            )
        elif kind == "date":
            column |= {key: self.before[key] for key in CONTENTS["date"] if key in self.before}
        return column | ({"required": True} if sent["required"] else {})

    @classmethod
    def raw(cls, part: Json) -> dict[str, str]:
        """What the form of a column of the document shows."""
        shown = {**super().raw(part), "type": part.get("type", "number")}
        for key in ("unit", "min", "max", "decimals", "max_length"):
            if part.get(key) is not None and shown["type"] != "date":
                shown[key] = str(part[key])
        if "options" in part:
            shown["options"] = "\n".join(option["label"] for option in part["options"])
        return shown | ({"required": "on"} if part.get("required") else {})


Part = PlainOptionForm | RowForm
# Type → its lists: name, form of a row, key of its id.
PARTS: Final[Mapping[str, Sequence[tuple[str, type[Part]]]]] = {
    "single": [("options", OptionForm)],
    "multiple": [("options", ExclusiveOptionForm)],
    "ranking": [("options", PlainOptionForm)],
    "matrix": [("rows", RowForm), ("options", PlainOptionForm)],
    "table": [("rows", RowForm), ("columns", ColumnForm)],
    "dynamic_table": [("columns", ColumnForm)],
}
LIST_LABELS: Final = {"options": "選択肢", "rows": "行", "columns": "列"}
