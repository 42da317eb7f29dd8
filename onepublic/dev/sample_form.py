"""The form of the style page: one field of each kind."""

from typing import Any

from crispy_forms.bootstrap import AppendedText, InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.conf import settings

from accounts.forms.organizations import OrganizationField
from onepublic.core.fields import WarekiDateField
from onepublic.core.forms import Form

PREFECTURES = [("01", "北海道"), ("13", "東京都"), ("47", "沖縄県")]
KINDS = [("designated_city", "指定都市"), ("core_city", "中核市"), ("special_ward", "特別区")]
ANSWERS = [("yes", "実施している"), ("planned", "実施を予定している"), ("no", "実施していない")]


class SampleForm(Form):
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
    due = WarekiDateField(
        label="回答期限",
        help_text="「令和8年11月23日」「R8.11.23」「2026-11-23」のいずれの書き方もできます。",
    )
    meeting = forms.DateField(
        label="説明会の日", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    organization = OrganizationField(
        label="機関", help_text="名称、よみ又は機関コードの一部を入力すると、候補が表示されます。"
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
        label="添付ファイル",
        required=False,
        widget=forms.FileInput(attrs={"data-max-bytes": settings.FILE_MAX_BYTES}),
        help_text="1ファイル30MBまで。PDF、Word、Excelなど。",
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
            Fieldset(
                "基本事項", "title", "email", "password", "prefecture", "organization", "closed"
            ),
            Fieldset(
                "回答",
                AppendedText("staff", "人"),
                "due",
                "meeting",
                "answer",
                InlineRadios("shared"),
            ),
            Fieldset("本文と添付", "kinds", "body", "attachment", "agreed"),
        )
        self.helper.add_input(Submit("submit", "確認へ進む"))
        self.helper.add_input(Submit("save", "下書きを保存", css_class="button-secondary"))
