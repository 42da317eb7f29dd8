import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client: Client, person: User, password: str = PASSWORD) -> str:
    """What the page says after trying; empty when it led on."""
    response = client.post(LOGIN, {"login": person.email, "password": password})
    return "" if response.status_code == 302 else response.content.decode()


def test_a_person_signs_in_by_e_mail_in_any_case(client: Client) -> None:
    person = UserFactory.create(email="Aoki@example.jp".lower())

    response = client.post(LOGIN, {"login": "AOKI@example.jp", "password": PASSWORD})

    assert response.url == reverse("home")  # type: ignore[attr-defined]
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_is_told_without_saying_which_part(client: Client) -> None:
    person = UserFactory.create()

    wrong = sign_in(client, person, "wrong-password")
    unknown = client.post(LOGIN, {"login": "nobody@example.jp", "password": PASSWORD})

    sentence = "入力されたメールアドレスもしくはパスワードが正しくありません。"
    assert sentence in wrong
    assert sentence in unknown.content.decode()


def test_after_five_failures_even_the_right_password_waits(client: Client) -> None:
    person = UserFactory.create()
    for _ in range(5):
        sign_in(client, person, "wrong-password")

    assert "ログイン失敗が連続しています。時間が経ってからやり直してください。" in sign_in(
        client, person
    )
    assert "_auth_user_id" not in client.session


def test_the_lock_is_on_the_account_not_on_the_office(client: Client) -> None:
    locked, other = UserFactory.create_batch(2)
    for _ in range(5):
        sign_in(client, locked, "wrong-password")

    assert sign_in(client, other) == ""


def test_a_person_who_left_does_not_get_in(client: Client) -> None:
    gone = UserFactory.create(is_active=False)

    client.post(LOGIN, {"login": gone.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_signing_in_leads_nowhere_else(client: Client, target: str) -> None:
    person = UserFactory.create()

    response = client.post(
        f"{LOGIN}?next={target}", {"login": person.email, "password": PASSWORD, "next": target}
    )

    assert response.url == reverse("home")  # type: ignore[attr-defined]
