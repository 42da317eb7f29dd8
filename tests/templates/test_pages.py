"""Pages that belong to no app: signing in, errors, the style page."""

import re

import pytest
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from onepublic.mail.tasks import deliver_due
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ERRORS = {
    "400": "リクエストを処理できませんでした",
    "403": "この操作を行う権限がありません",
    "403_csrf": "ページの有効期限が切れました",
    "404": "ページが見つかりません",
    "405": "この方法では開けません",
    "409": "操作を完了できませんでした",
    "410": "取り下げられました",
    "413": "ファイルのサイズが上限を超えています",
    "429": "操作の回数が上限に達しました",
    "500": "システムに問題が発生しました",
    "503": "ただいま利用できません",
}


def _title(html: str) -> str:
    found = re.search(r"<title>(.*?)</title>", html)
    assert found
    return found[1]


@pytest.mark.parametrize(("code", "heading"), ERRORS.items())
def test_error_page_needs_no_context(code: str, heading: str) -> None:
    html = render_to_string(f"{code}.html")

    assert _title(html) == f"エラー：{heading} – OnePublic"
    assert re.findall(r"<h1>(.*?)</h1>", html) == [heading]
    assert re.findall(r"エラー番号　(\d+)", html) == [code[:3]]


def test_refusal_shows_its_reason_as_text() -> None:
    html = render_to_string("409.html", {"reason": "締切を<b>過ぎています</b>。"})

    assert "<p>締切を&lt;b&gt;過ぎています&lt;/b&gt;。</p>" in html


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("account_login", "ログイン"),
        ("account_reset_password", "パスワードの再設定"),
        ("account_reset_password_done", "再設定メールの送信を受け付けました"),
        ("account_reset_password_from_key_done", "パスワードを設定しました"),
        ("account_inactive", "このアカウントは停止されています"),
    ],
)
def test_account_page_has_its_title(client: Client, name: str, title: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert _title(response.content.decode()) == f"{title} – OnePublic"


@pytest.mark.parametrize(("address", "mails"), [("officer@city.example", 1), ("x@y.example", 0)])
def test_reset_answers_the_same_for_known_and_unknown(
    client: Client, mailoutbox: list[EmailMessage], address: str, mails: int
) -> None:
    UserFactory.create(email="officer@city.example")

    response = client.post(reverse("account_reset_password"), {"email": address})

    deliver_due()

    assert response.headers["Location"] == reverse("account_reset_password_done")
    assert len(mailoutbox) == mails


def test_reset_mail_is_plain_japanese_with_one_link(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    UserFactory.create(email="officer@city.example")

    client.post(reverse("account_reset_password"), {"email": "officer@city.example"})
    deliver_due()

    [mail] = mailoutbox
    assert mail.subject == "［OnePublic］パスワードの再設定"
    assert len(re.findall(r"https?://\S+/accounts/password/reset/key/\S+/", str(mail.body))) == 1


def test_used_reset_link_says_what_to_do(client: Client) -> None:
    url = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "used"})

    html = client.get(url).content.decode()

    assert "このリンクは使用できません" in html
    assert f'href="{reverse("account_reset_password")}"' in html


def test_refused_sign_in_says_error_first(client: Client) -> None:
    UserFactory.create(email="officer@city.example")

    response = client.post(
        reverse("account_login"), {"login": "officer@city.example", "password": "wrong"}
    )

    html = response.content.decode()
    assert _title(html) == "エラー：ログイン – OnePublic"
    assert html.count('class="error-summary"') == 1


def test_demo_offers_its_accounts(client: Client) -> None:
    assert 'href="/demo/"' in client.get(reverse("account_login")).content.decode()


def test_header_names_the_person_and_signs_out_by_post(client: Client) -> None:
    user = UserFactory.create(name="佐藤 花子")
    client.force_login(user)

    html = client.get(reverse("account_change_password")).content.decode()

    assert re.findall(r'account-person">([^<]+)<', html) == ["佐藤 花子"]
    assert f'<form method="post" action="{reverse("account_logout")}">' in html


def test_changed_password_is_confirmed(client: Client) -> None:
    client.force_login(UserFactory.create())
    new = "a-long-enough-sentence"

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        follow=True,
    )

    assert response.content.decode().count("banner banner-success") == 1


@pytest.mark.parametrize(("query", "prefix"), [("", ""), ("?errors=1", "エラー：")])
def test_style_page_shows_all(client: Client, query: str, prefix: str) -> None:
    response = client.get(reverse("demo:styleguide") + query)

    assert response.status_code == 200
    assert _title(response.content.decode()) == f"{prefix}スタイルガイド – 開発 – OnePublic"


def test_no_id_is_used_twice_on_the_style_page(client: Client) -> None:
    html = client.get(reverse("demo:styleguide")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert sorted(ids) == sorted(set(ids))
