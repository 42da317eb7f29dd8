"""Complaints of forms: each names its field and says what to do."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

import accounts
import notices
import onepublic
import surveys
from accounts.states import Role
from onepublic.core.forms import REOPEN, Form, PlainWords, worded
from tests.factories.accounts import DivisionFactory, UserFactory, person_at

PACKAGES = (accounts, notices, onepublic, surveys)


class EveryKind(Form):
    """A field of each kind that the portal uses, with limits."""

    title = forms.CharField(label="件名", max_length=5)
    code = forms.CharField(label="番号", min_length=3, max_length=9)
    mail = forms.EmailField(label="メールアドレス")
    staff = forms.IntegerField(label="職員数", min_value=0, max_value=9)
    rate = forms.DecimalField(label="割合（%）")
    due = forms.DateField(label="期限")
    kind = forms.ChoiceField(label="種別", choices=[("a", "通知")])
    areas = forms.MultipleChoiceField(label="地域", choices=[("01", "北海道")])
    agreed = forms.BooleanField(label="内容を確認しました")
    file = forms.FileField(label="添付ファイル", max_length=8)
    key = forms.UUIDField(widget=forms.HiddenInput)
    own = forms.CharField(label="備考", error_messages={"required": "備考も要ります。"})

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["later"] = forms.CharField(label="理由")


def complaints(values: dict[str, str], file: SimpleUploadedFile | None = None) -> dict[str, str]:
    """The one complaint of each field about what was typed."""
    typed = MultiValueDict({name: [value] for name, value in values.items()})
    form = EveryKind(typed, MultiValueDict({"file": [file]} if file else {}))
    errors = {name: list(map(str, texts)) for name, texts in form.errors.items()}
    assert [name for name, texts in errors.items() if len(texts) != 1] == []
    return {name: texts[0] for name, texts in errors.items()}


def test_what_is_missing_is_asked_for_by_its_name() -> None:
    assert complaints({}) == {
        "title": "件名を入力してください。",
        "code": "番号を入力してください。",
        "mail": "メールアドレスを入力してください。",
        "staff": "職員数を入力してください。",
        "rate": "割合（％）を入力してください。",
        "due": "期限を入力してください。",
        "kind": "種別を選んでください。",
        "areas": "地域を選んでください。",
        "agreed": "「内容を確認しました」にチェックを入れてください。",
        "file": "添付ファイルを選んでください。",
        "key": REOPEN,
        "own": "備考も要ります。",
        "later": "理由を入力してください。",
    }


def test_what_is_wrong_is_told_with_the_way_to_mend_it() -> None:
    typed = {
        "title": "長すぎる件名",
        "code": "1",
        "mail": "yamada",
        "staff": "多数",
        "rate": "半分",
        "due": "来週",
        "kind": "z",
        "areas": "99",
        "agreed": "on",
        "key": "1",
        "own": "a",
        "later": "a\x00",
    }

    assert complaints(typed, SimpleUploadedFile("一.txt", b"")) == {
        "title": "件名は5文字以内で入力してください（現在6文字）。",
        "code": "番号は3文字以上で入力してください（現在1文字）。",
        "mail": "メールアドレスは「name@example.jp」のように入力してください。",
        "staff": "職員数は整数で入力してください。",
        "rate": "割合（％）は数字で入力してください。",
        "due": "期限は「2026-11-23」のように入力してください。",
        "kind": "種別は、一覧にある中から選び直してください。",
        "areas": "地域は、一覧にある中から選び直してください。",
        "file": "添付ファイルの中身が空です。内容のあるファイルを選んでください。",
        "key": REOPEN,
        "later": "理由に使用できない文字（U+0000）が含まれています。",
    }


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("-1", "職員数は0以上の数を入力してください。"),
        ("10", "職員数は9以下の数を入力してください。"),
    ],
)
def test_a_number_beyond_its_bounds_is_told_the_bound(number: str, told: str) -> None:
    assert complaints({"staff": number})["staff"] == told


def test_a_name_of_a_file_that_is_too_long_is_told_by_how_much() -> None:
    file = SimpleUploadedFile("長い名前のファイル.txt", b"1")

    told = complaints({}, file)["file"]

    assert told == "ファイル名は8文字以内にしてください（現在13文字）。"


def forms_of_the_project() -> Iterator[type[forms.Form]]:
    """Every form class that the addresses use or a module of forms defines."""
    importlib.import_module(settings.ROOT_URLCONF)
    for package in PACKAGES:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "form" in module.name:
                importlib.import_module(module.name)
    waiting: list[type[forms.Form]] = [forms.Form]
    while waiting:
        waiting += (found := waiting.pop()).__subclasses__()
        if found.__module__.partition(".")[0] in {package.__name__ for package in PACKAGES}:
            yield found


EVERY_FORM = sorted(set(forms_of_the_project()) - {Form}, key=lambda form: form.__name__)


def test_the_walk_meets_forms_of_every_app() -> None:
    apps = {form.__module__.partition(".")[0] for form in EVERY_FORM}

    assert apps == {package.__name__ for package in PACKAGES}


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form.__name__)
def test_every_form_of_the_project_speaks_plainly(form: type[forms.Form]) -> None:
    of_django = {
        (name, code)
        for name, field in form.base_fields.items()
        for code, text in worded(field).items()
        if isinstance(text, Promise)  # Django's own are translated when shown, ours are text
    }

    assert issubclass(form, PlainWords)
    assert of_django == set()


@pytest.mark.parametrize("form", EVERY_FORM, ids=lambda form: form.__name__)
def test_every_visible_field_has_a_name_to_be_asked_by(form: type[forms.Form]) -> None:
    visible = {name: f for name, f in form.base_fields.items() if not f.widget.is_hidden}

    assert [name for name, field in visible.items() if not field.label] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "account_login",
            {
                "login": ["メールアドレスを入力してください。"],
                "password": ["パスワードを入力してください。"],
            },
        ),
        ("account_reset_password", {"email": ["メールアドレスを入力してください。"]}),
    ],
)
def test_signing_in_asks_by_name(client: Client, address: str, told: dict[str, list[str]]) -> None:
    response = client.post(reverse(address))

    assert response.context["form"].errors == told


@pytest.mark.django_db
def test_a_new_password_is_asked_for_by_name(client: Client) -> None:
    client.force_login(UserFactory.create())

    response = client.post(reverse("account_change_password"))

    assert response.context["form"].errors == {
        "oldpassword": ["現在のパスワードを入力してください。"],
        "password1": ["新しいパスワードを入力してください。"],
        "password2": ["新しいパスワード (再入力)を入力してください。"],
    }


@pytest.mark.django_db
def test_a_new_notice_is_asked_for_by_name(client: Client) -> None:
    client.force_login(person_at(DivisionFactory.create(), Role.DRAFTER))

    response = client.post(reverse("notices:new"))

    assert response.context["form"].errors == {
        "division": ["発出元の課室を選んでください。"],
        "category": ["種別を選んでください。"],
        "issued_on": ["発出日を入力してください。"],
        "title": ["件名を入力してください。"],
        "importance": ["重要度を選んでください。"],
        "action_asked": ["求める対応を選んでください。"],
        "key": [REOPEN],
    }
