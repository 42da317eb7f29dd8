from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
from notices.states import VersionState
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import approver_of, in_review, version_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice() -> Notice:
    return in_review(to=[OrganizationFactory.create()])


def tomorrow() -> dict[str, str]:
    return {"day": str(timezone.localdate() + timedelta(days=1)), "time": "17:55"}


def test_it_is_scheduled_for_a_time_in_japan(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))
    sent = tomorrow() | {"revision": str(notice.revision)}

    response = client.post(reverse("notices:schedule", args=[notice.pk]), sent, follow=True)

    version = version_of(notice)
    assert version.scheduled_for is not None
    local = timezone.localtime(version.scheduled_for)
    assert (str(local.date()), f"{local:%H:%M}") == (sent["day"], "17:55")
    assert "17:55に発出します。" in str([*response.context["messages"]][-1])
    assert response.context["can_cancel_schedule"] is True


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"day": "", "time": "17:55"}, "発出する日を入力してください。"),
        ({"time": "25時"}, "時刻は「17:55」のように入力してください。"),
        ({"day": "令和8年1月5日"}, "発出の日時は、これから先の日時にしてください。"),
    ],
)
def test_bad_input_is_explained_where_it_happened(
    client: Client, notice: Notice, typed: dict[str, str], complaint: str
) -> None:
    client.force_login(approver_of(notice.division))
    sent = tomorrow() | typed

    response = client.post(reverse("notices:schedule", args=[notice.pk]), sent)

    form = response.context["form"]
    assert [error for errors in form.errors.values() for error in errors] == [complaint]
    assert form["day"].value() == sent["day"]
    assert version_of(notice).state == VersionState.IN_REVIEW


def test_the_division_takes_the_schedule_back(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))
    client.post(
        reverse("notices:schedule", args=[notice.pk]), tomorrow() | {"revision": notice.revision}
    )

    client.force_login(notice.created_by)
    response = client.post(reverse("notices:schedule_cancellation", args=[notice.pk]), follow=True)

    assert str([*response.context["messages"]][-1]).startswith("発出の予約を取り消しました。")
    assert version_of(notice).state == VersionState.IN_REVIEW


def test_a_late_press_is_a_calm_message(client: Client, notice: Notice) -> None:
    client.force_login(approver_of(notice.division))

    response = client.post(reverse("notices:schedule_cancellation", args=[notice.pk]), follow=True)

    assert [str(m) for m in response.context["messages"]] == [
        "この通知の発出は予約されていません。"
    ]
