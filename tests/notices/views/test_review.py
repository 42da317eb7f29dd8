import pytest
from django.test import Client
from django.urls import reverse

from accounts.audience import AudienceRule
from notices.actions.drafting import set_audience
from notices.models import Notice
from notices.states import VersionState
from onepublic.audit.models import AuditEvent
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, approver_of, drafter_of, version_of

pytestmark = pytest.mark.django_db


def send(client: Client, notice: Notice, revision: object) -> str:
    response = client.post(
        reverse("notices:review", args=[notice.pk]), {"revision": revision}, follow=True
    )
    [message] = response.context["messages"]
    return str(message)


@pytest.fixture
def complete() -> Notice:
    notice = a_draft()
    rule = AudienceRule(codes=[OrganizationFactory.create().code])
    set_audience(notice, by=notice.created_by, rule=rule)
    return notice


def test_it_goes_to_review(client: Client, complete: Notice) -> None:
    client.force_login(complete.created_by)

    assert send(client, complete, 2) == "決裁に回しました。"

    complete.refresh_from_db()
    assert version_of(complete).state == VersionState.IN_REVIEW


def test_pressing_twice_is_one_submission_and_a_calm_message(
    client: Client, complete: Notice
) -> None:
    client.force_login(complete.created_by)
    send(client, complete, 2)

    assert "この操作はできません" in send(client, complete, 2)

    assert AuditEvent.objects.filter(action="notice.submitted").count() == 1


@pytest.mark.parametrize("revision", [1, "", "x"])
def test_what_was_not_seen_is_not_submitted(
    client: Client, complete: Notice, revision: object
) -> None:
    client.force_login(complete.created_by)

    assert "画面を開いたあとに変更されています" in send(client, complete, revision)


def test_what_is_missing_is_said(client: Client) -> None:
    notice = a_draft(body="")
    client.force_login(notice.created_by)

    assert send(client, notice, 1) == "決裁に回すには、次の項目が必要です：本文、宛先の団体"


def test_only_drafters_submit_and_only_by_post(client: Client, complete: Notice) -> None:
    address = reverse("notices:review", args=[complete.pk])
    client.force_login(complete.created_by)
    assert client.get(address).status_code == 405

    client.force_login(approver_of(complete.division))
    assert client.post(address, {"revision": 2}).status_code == 403

    client.force_login(drafter_of(DivisionFactory.create()))
    assert client.post(address, {"revision": 2}).status_code == 404
