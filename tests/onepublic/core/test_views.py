"""Refusals as a person meets them: the portal's own pages, by the real way through the views."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.states import Role
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.notices import a_draft, published

pytestmark = pytest.mark.django_db


def told(page: str) -> list[str]:
    """The heading and the number of an error page."""
    return re.findall(r"<h1>(.*?)</h1>", page) + re.findall(r"エラー番号　(\d+)", page)


def test_the_database_answers(client: Client) -> None:
    response = client.get(reverse("health"))

    assert (response.status_code, response.text) == (200, "ok")


def test_a_form_without_a_valid_token_is_stale_and_changes_nothing() -> None:
    town = OrganizationFactory.create()
    notice = published(to=[town])
    client = Client(enforce_csrf_checks=True)
    client.force_login(person_at(town))

    response = client.post(
        reverse("notices:acknowledgement", args=[notice.pk]), {"csrfmiddlewaretoken": "a" * 64}
    )

    assert response.status_code == 403
    assert told(response.text) == ["ページの有効期限が切れました", "403"]
    assert notice.deliveries.unacknowledged().count() == 1


def test_what_is_foreign_is_not_found(client: Client) -> None:
    notice = published(to=[OrganizationFactory.create()])
    client.force_login(person_at(OrganizationFactory.create()))

    response = client.get(reverse("notices:detail", args=[notice.pk]))

    assert response.status_code == 404
    assert told(response.text) == ["ページが見つかりません", "404"]


def test_what_is_not_allowed_is_said(client: Client) -> None:
    town = OrganizationFactory.create()
    notice = published(to=[town])
    client.force_login(person_at(town, Role.VIEWER))

    response = client.post(reverse("notices:acknowledgement", args=[notice.pk]))

    assert response.status_code == 403
    assert told(response.text) == ["この操作を行う権限がありません", "403"]
    assert notice.deliveries.unacknowledged().count() == 1


@pytest.mark.parametrize("accept", ["application/json", "*/*"])
def test_too_much_is_told_to_a_script_in_its_own_language(
    client: Client, settings: Settings, accept: str
) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000

    answer = client.post(
        reverse("notices:autosave", args=[notice.pk]),
        {"body": "あ" * 10_000},
        headers={"Accept": accept},
    )

    assert answer.status_code == 413
    if accept == "application/json":
        assert answer.json() == {
            "message": "送信された内容が大きすぎます。内容を減らしてください。"
        }
    else:
        assert told(answer.text) == ["ファイルのサイズが上限を超えています", "413"]
