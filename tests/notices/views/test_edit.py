from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from notices.actions.drafting import edit
from notices.actions.review import submit_for_review
from notices.models import Notice
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, approver_of, drafter_of, in_review, manuscript

pytestmark = pytest.mark.django_db


def page_of(notice: Notice) -> str:
    return reverse("notices:edit", args=[notice.pk])


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


def test_it_saves_and_shows_the_notice(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), typed(1))

    assert response.headers["Location"] == reverse("notices:detail", args=[notice.pk])
    assert notice.versions.get().title == "直した件名"


def test_a_stale_form_comes_back_with_what_was_typed(client: Client) -> None:
    notice = a_draft()
    edit(notice, by=drafter_of(notice.division), manuscript=manuscript(title="先の変更"))
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), typed(1))

    form = response.context["form"]
    assert response.status_code == 409
    assert (form["title"].value(), form["revision"].value()) == ("直した件名", "2")
    assert notice.versions.get().title == "先の変更"


def test_sending_it_once_more_is_a_decision_and_saves(client: Client) -> None:
    notice = a_draft()
    edit(notice, by=drafter_of(notice.division), manuscript=manuscript(title="先の変更"))
    client.force_login(notice.created_by)
    form = client.post(page_of(notice), typed(1)).context["form"]

    client.post(page_of(notice), typed(form["revision"].value()))

    assert notice.versions.get().title == "直した件名"


@pytest.mark.parametrize("revision", ["", "x", "９", "-1", "1.0", "9" * 400])
def test_a_revision_that_is_none_is_an_old_one(client: Client, revision: str) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), typed(revision))

    assert response.status_code in (200, 409)
    assert notice.versions.get().title == "予防接種の実施について"


def test_what_was_typed_while_it_went_to_review_is_shown_again(client: Client) -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    client.force_login(notice.created_by)

    response = client.post(page_of(notice), typed(2))

    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "直した件名"
    assert notice.versions.get().title == "予防接種の実施について"


def test_the_page_does_not_open_for_what_is_in_review(client: Client) -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    client.force_login(notice.created_by)

    assert client.get(page_of(notice)).status_code == 409


def test_others_may_not_edit(client: Client) -> None:
    notice = a_draft()
    client.force_login(approver_of(notice.division))
    assert client.get(page_of(notice)).status_code == 403
    assert client.post(page_of(notice), typed(1)).status_code == 403

    client.force_login(drafter_of(DivisionFactory.create()))
    assert client.get(page_of(notice)).status_code == 404


def test_submitting_from_another_window_keeps_the_text(client: Client) -> None:
    notice = a_draft()
    client.force_login(notice.created_by)
    rule = notice.audience.__class__(codes=[OrganizationFactory.create().code])
    Notice.objects.filter(pk=notice.pk).update(stored_audience=rule.to_json())
    submit_for_review(notice, by=notice.created_by)

    response = client.post(page_of(notice), typed(1))

    assert "変更できません" in response.text
