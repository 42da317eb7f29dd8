import pytest
from django.test import Client
from django.urls import reverse

from notices.models import Notice
from notices.states import VersionState
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import approver_of, in_review, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> Notice:
    return in_review(to=[OrganizationFactory.create()])


def address(notice: Notice) -> str:
    return reverse("notices:return", args=[notice.pk])


def test_it_gives_the_draft_back_with_the_reason(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))

    client.post(address(notice), {"reason": "宛名を直してください。"})

    notice.refresh_from_db()
    assert (version_of(notice).state, version_of(notice).return_reason) == (
        VersionState.RETURNED,
        "宛名を直してください。",
    )


@pytest.mark.parametrize("reason", ["", "\x07", "あ" * 1001])
def test_a_reason_that_will_not_do_is_said_at_the_field(
    client: Client, notice: Notice, reason: str
) -> None:
    client.force_login(approver_of(notice.division))

    form = client.post(address(notice), {"reason": reason}).context["form"]

    notice.refresh_from_db()
    assert list(form.errors) == ["reason"]
    assert form["reason"].value() == reason
    assert version_of(notice).state == VersionState.IN_REVIEW


def test_pressing_twice_is_a_calm_message(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))
    client.post(address(notice), {"reason": "一度目"})

    response = client.post(address(notice), {"reason": "二度目"}, follow=True)

    notice.refresh_from_db()
    assert "この操作はできません" in str([*response.context["messages"]][-1])
    assert version_of(notice).return_reason == "一度目"


def test_only_the_divisions_approvers_return(client: Client, notice: Notice) -> None:
    client.force_login(notice.created_by)
    assert client.post(address(notice), {"reason": "理由"}).status_code == 403

    client.force_login(approver_of(DivisionFactory.create()))
    assert client.post(address(notice), {"reason": "理由"}).status_code == 404
