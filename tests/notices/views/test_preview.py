from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from tests.factories.accounts import DivisionFactory
from tests.factories.notices import a_draft, approver_of, drafter_of

pytestmark = pytest.mark.django_db


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "category": "notice",
        "number": "医政発1124第2号",
        "issued_on": "R8.11.24",
        "addressee_line": "各 市町村長 殿",
        "title": "直した件名",
        "body": "　本文**太字**\n\n記",
        "importance": "normal",
        "action_asked": "inform",
        **changes,
    }


def preview(client: Client, notice: Notice, *, htmx: bool = True, **changes: Any) -> str:
    headers = {"HX-Request": "true"} if htmx else {}
    page = reverse("notices:preview", args=[notice.pk])
    response = client.post(page, typed(**changes), headers=headers)
    assert response.status_code == 200
    return response.text


def test_it_shows_what_was_typed_as_it_will_be_printed(client: Client) -> None:
    division = DivisionFactory.create(bureau_name="医政局", name="総務課")
    joint = DivisionFactory.create(bureau_name="健康局", name="予防課")
    notice = a_draft(division=division)
    client.force_login(notice.created_by)

    text = preview(client, notice, joint_1=joint.pk)

    shown = ["医政発1124第2号", ">令和８年11月24日<", "各 市町村長 殿", "厚生労働省医政局総務課長"]
    shown += [
        "厚生労働省健康局予防課長",
        "直した件名",
        "　本文<strong>太字</strong>",
        "line-centre",
    ]
    assert [words for words in shown if words not in text] == []
    assert sorted(shown[:2] + shown[3:5], key=text.index) == shown[:2] + shown[3:5]


def test_nothing_is_saved(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    preview(client, notice)

    notice.refresh_from_db()
    assert notice.versions.get().title == "予防接種の実施について"
    assert notice.revision == 1


def test_what_cannot_be_printed_yet_is_named(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    text = preview(client, notice, issued_on="きのう", title="", body="あ" * 20_001)

    assert "入力に誤りがあるため表示していません：発出日、本文" in text
    assert "（件名は未入力です）" in text


def test_without_script_it_is_a_page_that_says_that_nothing_is_saved(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    text = preview(client, notice, htmx=False)

    assert "<h1>プレビュー</h1>" in text
    assert "この内容はまだ保存していません" in text
    assert "直した件名" in text


def test_a_notice_that_does_not_exist_yet_has_one_too(client: Client) -> None:
    division = DivisionFactory.create(bureau_name="医政局", name="総務課")
    client.force_login(drafter_of(division))
    page = reverse("notices:preview_new")

    response = client.post(page, typed(division=division.pk), headers={"HX-Request": "true"})

    assert "厚生労働省医政局総務課長" in response.text
    assert Notice.objects.count() == 0


def test_another_division_is_not_the_issuer_of_anybodys_preview(client: Client) -> None:
    division = DivisionFactory.create(bureau_name="医政局", name="総務課")
    client.force_login(drafter_of(DivisionFactory.create()))

    response = client.post(reverse("notices:preview_new"), typed(division=division.pk))

    assert "医政局総務課" not in response.text


def test_only_its_drafters_have_it_and_only_by_post(client: Client) -> None:
    notice = a_draft()
    page = reverse("notices:preview", args=[notice.pk])

    client.force_login(approver_of(notice.division))
    assert client.post(page, typed()).status_code == 403
    client.force_login(notice.created_by)
    assert client.get(page).status_code == 405


@pytest.mark.parametrize("body", ["<script>alert(1)</script>", "[x](javascript:alert(1))"])
def test_hostile_text_is_shown(client: Client, body: str) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    text = preview(client, notice, body=body)

    assert "<script" not in text
    assert 'href="javascript' not in text
