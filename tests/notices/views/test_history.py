import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from notices.actions.drafting import edit
from notices.actions.review import return_to_drafter
from notices.models import DraftCopy
from tests.factories.accounts import OrganizationFactory
from tests.factories.notices import (
    a_draft,
    approver_of,
    drafter_of,
    in_review,
    manuscript,
    version_of,
)

pytestmark = pytest.mark.django_db


def test_it_tells_who_did_what_with_the_reason(client: Client) -> None:
    notice = in_review(to=[OrganizationFactory.create()])
    approver = approver_of(notice.division)
    return_to_drafter(notice, by=approver, reason="宛名の誤り")
    client.force_login(notice.created_by)

    steps = client.get(reverse("notices:history", args=[notice.pk])).context["steps"]

    author = notice.created_by.name
    assert [(step.label, step.person, step.note) for step in steps] == [
        ("差戻し", approver.name, "宛名の誤り"),
        ("決裁に回す", author, ""),
        ("宛先の変更", author, ""),
        ("起案", author, ""),
    ]


def test_an_earlier_text_is_put_back(client: Client) -> None:
    notice = a_draft(title="はじめの件名")
    other = drafter_of(notice.division)
    edit(notice, by=other, manuscript=manuscript(title="二人目"))
    client.force_login(notice.created_by)
    address = reverse("notices:restoration", args=[notice.pk, DraftCopy.objects.get().pk])

    client.post(address, {"revision": "1"})
    assert version_of(notice).title == "二人目"
    client.post(address, {"revision": "2"})
    assert version_of(notice).title == "はじめの件名"


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    notice = a_draft()
    for _ in range(count):
        edit(notice, by=drafter_of(notice.division), manuscript=manuscript())
    client.force_login(notice.created_by)

    # session, user, memberships, notice, version (twice), events, copies, navigation
    with django_assert_num_queries(9):
        client.get(reverse("notices:history", args=[notice.pk]))
