from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices.actions.drafting import edit
from notices.models import Notice
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import a_draft, approver_of, drafter_of, in_review, manuscript

pytestmark = pytest.mark.django_db


def page_of(notice: Notice) -> str:
    return reverse("notices:autosave", args=[notice.pk])


def typed(revision: object, **changes: Any) -> dict[str, Any]:
    return {
        "category": "notice",
        "issued_on": "2026-11-23",
        "title": "直した件名",
        "importance": "normal",
        "action_asked": "inform",
        "revision": revision,
        **changes,
    }


def test_it_saves_and_tells_the_new_revision(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    first = client.post(page_of(notice), typed(1)).json()
    second = client.post(page_of(notice), typed(first["revision"], title="さらに直した件名"))

    assert (first["revision"], second.json()["revision"]) == (2, 3)
    assert notice.versions.get().title == "さらに直した件名"


def test_what_another_person_saved_is_not_overwritten(client: Client) -> None:
    notice = a_draft()
    edit(notice, by=drafter_of(notice.division), manuscript=manuscript(title="先の変更"))
    client.force_login(notice.created_by)

    assert client.post(page_of(notice), typed(1)).status_code == 409
    assert notice.versions.get().title == "先の変更"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "件名を入力してください。"),
        ({"due_on": "きのう"}, "日付は"),
        ({"number": "総第1号"}, "総第1号"),
    ],
)
def test_what_cannot_be_kept_is_said(client: Client, changes: dict[str, str], message: str) -> None:
    a_draft(number="総第1号")
    notice = a_draft()
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), typed(1, **changes))

    assert response.status_code == 422
    assert message in response.json()["message"]
    assert notice.versions.get().title == "予防接種の実施について"


def test_in_review_nothing_is_saved(client: Client) -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    client.force_login(notice.created_by)

    assert client.post(page_of(notice), typed(notice.revision)).status_code == 409


def test_signed_out_and_others_are_told_apart(client: Client) -> None:
    notice = a_draft()

    assert client.post(page_of(notice), typed(1)).status_code == 401
    client.force_login(approver_of(notice.division))
    assert client.post(page_of(notice), typed(1)).status_code == 403


def test_a_signed_in_page_gets_a_fresh_token(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    assert len(client.get(page_of(notice)).json()["token"]) == 64
