"""A rule as its page sends it: what must hold, since when, and what is said when it does not."""

from typing import Any, Final

from django import forms
from django.http import QueryDict

from onepublic.core.fields import PlainTextField
from onepublic.core.forms import Form
from surveys.authoring import Json
from surveys.forms.builder.contents import AmountField

COMPARE, CHANGE, UNIQUE, TEXT = "compare", "change", "unique", "text"
KINDS: Final = [
    (COMPARE, "二つの値を比べる"),
    (CHANGE, "前回からの増減が大きいときに知らせる"),
    (UNIQUE, "表の行に同じものがないことを確かめる"),
]
OPS: Final = [
    ("eq", "と等しい"),
    ("ne", "と等しくない"),
    ("ge", "以上である"),
    ("gt", "を超える"),
    ("le", "以下である"),
    ("lt", "未満である"),
]
LEVELS: Final = [
    ("error", "エラー：直すまで提出できない"),
    ("warning", "注意：理由を書けば提出できる"),
]
_HUNDRED: Final = 100


class RuleForm(Form):
    """The parts of a rule that are neither sides nor conditions."""

    kind = forms.ChoiceField(label="確かめること", choices=KINDS, widget=forms.RadioSelect)
    op = forms.ChoiceField(label="左の値が右の値", choices=OPS, required=False)
    percent = AmountField(
        label="増減の上限（％）",
        required=False,
        help_text="30なら、前回より30％を超えて増えるか減るかしたときに知らせます。",
    )
    level = forms.ChoiceField(label="当てはまらないとき", choices=LEVELS, widget=forms.RadioSelect)
    message = PlainTextField(label="回答する人に表示する文", max_length=500)

    def __init__(
        self, sent: QueryDict | None, *, held: Json | None, columns: list[tuple[str, str]]
    ) -> None:
        super().__init__(sent, initial=initial_of(held))
        self.fields["columns"] = forms.ChoiceField(
            label="同じものがあってはならない列",
            choices=[("", "選んでください"), *columns],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """What the kind of the rule needs must be there."""
        sent = super().clean() or self.cleaned_data
        if sent.get("kind") == CHANGE and sent.get("percent") is None and "percent" in sent:
            self.add_error("percent", "増減の上限を入力してください。")
        if sent.get("kind") == UNIQUE and not sent.get("columns") and "columns" in sent:
            self.add_error("columns", "列を選んでください。")
        return sent


def kind_of(held: Json) -> str:
    """How the rule is picked; TEXT for what only a formula says."""
    if "unique" in held:
        return UNIQUE if len(held["unique"][1]) == 1 else TEXT
    if "change_rate" in held["left"]:
        return CHANGE if held["op"] == "le" and "const" in held["right"] else TEXT
    return COMPARE


def initial_of(held: Json | None) -> dict[str, Any]:
    """What the form of a rule shows at first."""
    if held is None:
        return {"kind": COMPARE, "op": "eq", "level": "error"}
    shown = {"kind": kind_of(held), "level": held["level"], "message": held["message"]}
    if shown["kind"] == UNIQUE:
        table, columns = held["unique"]
        return {**shown, "columns": f"{table} {columns[0]}"}
    if shown["kind"] == CHANGE:
        return {**shown, "percent": round(held["right"]["const"] * _HUNDRED, 4)}
    return {**shown, "op": held["op"]} if "op" in held else shown


def columns_of(questions: list[Json]) -> list[tuple[str, str]]:
    """The columns whose rows may be told apart, as (table and column, words)."""
    return [
        (f"{q['id']} {column['id']}", f"「{q['label']}」の列「{column['label']}」")
        for q in questions
        if q["type"] in {"table", "dynamic_table"}
        for column in q["columns"]
    ]
