"""The living style page: every component in every state, in demo and tests only."""

from typing import Any

from crispy_forms.bootstrap import AppendedText, InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PREFECTURES = [("01", "北海道"), ("13", "東京都"), ("47", "沖縄県")]
KINDS = [("designated_city", "指定都市"), ("core_city", "中核市"), ("special_ward", "特別区")]
TONES = [
    ("neutral", "下書き"),
    ("info", "回答中"),
    ("success", "提出済み"),
    ("warning", "期限間近"),
    ("danger", "期限超過"),
]
ANSWERS = [("yes", "実施している"), ("planned", "実施を予定している"), ("no", "実施していない")]


class SampleForm(forms.Form):
    """One field of each kind; checked with nothing filled in, it shows each kind's error."""

    title = forms.CharField(
        label="件名", max_length=200, help_text="200文字以内で入力してください。"
    )
    email = forms.EmailField(label="メールアドレス")
    password = forms.CharField(
        label="パスワード",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        required=False,
    )
    staff = forms.IntegerField(label="担当職員数", min_value=0, help_text="令和８年４月１日現在。")
    due = forms.DateField(
        label="回答期限", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    prefecture = forms.ChoiceField(
        label="都道府県", choices=[("", "選択してください"), *PREFECTURES]
    )
    answer = forms.ChoiceField(label="実施状況", choices=ANSWERS, widget=forms.RadioSelect)
    shared = forms.ChoiceField(
        label="管内への周知", choices=[("1", "行う"), ("0", "行わない")], widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label="対象となる機関の種別",
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        help_text="当てはまるものをすべて選択してください。",
    )
    body = forms.CharField(label="本文", widget=forms.Textarea(attrs={"rows": 5}))
    attachment = forms.FileField(
        label="添付ファイル", required=False, help_text="1ファイル30MBまで。PDF、Word、Excelなど。"
    )
    agreed = forms.BooleanField(label="内容を確認しました")
    closed = forms.CharField(
        label="変更できない項目", disabled=True, required=False, initial="固定値"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = ""
        self.helper.layout = Layout(
            Fieldset("基本事項", "title", "email", "password", "prefecture", "closed"),
            Fieldset("回答", AppendedText("staff", "人"), "due", "answer", InlineRadios("shared")),
            Fieldset("本文と添付", "kinds", "body", "attachment", "agreed"),
        )
        self.helper.add_input(Submit("submit", "確認へ進む"))
        self.helper.add_input(Submit("save", "下書きを保存", css_class="button-secondary"))


def _items(*labels: str, current: int, count: int | None = None) -> list[dict[str, object]]:
    return [
        {"label": label, "url": "#", "current": place == current, "count": count}
        for place, label in enumerate(labels)
    ]


def _table() -> dict[str, object]:
    columns: list[dict[str, object]] = [
        {"label": "都道府県"},
        {"label": "対象", "numeric": True},
        {"label": "確認済み", "numeric": True},
    ]
    values = [("北海道", "179", "151"), ("東京都", "62", "62"), ("沖縄県", "41", "7")]
    rows = [
        [{**column, "text": text, "url": ""} for column, text in zip(columns, row, strict=True)]
        for row in values
    ]
    return {"columns": columns, "rows": rows}


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """``/styleguide/``; with ``?errors=1`` the page is one whose form was refused."""
    refused = SampleForm({}, auto_id="refused_%s")
    context = {
        "sample": SampleForm(),
        "refused": refused,
        "tones": TONES,
        "tabs": _items("すべて", "未読", "要確認", current=1, count=12),
        "steps": [
            {"label": "回答", "url": "#", "state": "done"},
            {"label": "内容の確認", "url": "", "state": "current"},
            {"label": "提出", "url": "", "state": "todo"},
        ],
        "details": [
            ("文書番号", "医政発0401第1号"),
            ("発出日", "令和８年４月１日（水）"),
            ("備考", None),
        ],
        "table": _table(),
        "errors": [{"id": "q1", "label": "問１", "message": "数値で入力してください。"}],
        "navigation_sample": _items("ホーム", "通知", "調査・照会", current=1, count=3),
        "form": refused if "errors" in request.GET else None,
    }
    return render(request, "styleguide.html", context)
