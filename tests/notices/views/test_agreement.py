import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Division
from notices.actions.ruling import set_issuing_rule
from notices.models import Issuer, Notice
from tests.factories.accounts import DivisionFactory, OrganizationFactory
from tests.factories.notices import a_draft, approver_of, drafter_of, in_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint() -> Division:
    division = DivisionFactory.create(bureau_name="老健局", name="老人保健課")
    by = approver_of(division)
    set_issuing_rule(division, by=by, symbol="", requires_agreement=True)
    return division


@pytest.fixture
def notice(joint: Division) -> Notice:
    return in_review(to=[OrganizationFactory.create()], joint_issuers=[joint])


def page_of(notice: Notice, name: str = "agreement") -> str:
    return reverse(f"notices:{name}", args=[notice.pk])


def test_a_joint_approver_finds_the_draft_reads_it_and_agrees(
    client: Client, notice: Notice, joint: Division
) -> None:
    client.force_login(approver_of(joint))

    listed = client.get(reverse("notices:drafts")).context["page"].rows
    draft = client.get(page_of(notice, "draft"))
    client.post(page_of(notice), {"decision": "agree", "revision": notice.revision})

    assert [version.notice for version in listed] == [notice]
    assert page_of(notice) in draft.text
    assert Issuer.objects.get(division=joint).agreed_at is not None


def test_declining_without_reason_is_asked_again(
    client: Client, notice: Notice, joint: Division
) -> None:
    client.force_login(approver_of(joint))

    response = client.post(page_of(notice), {"decision": "decline", "revision": notice.revision})

    assert set(response.context["form"].errors) == {"reason"}
    assert Issuer.objects.get(division=joint).declined_by is None


def test_what_was_decided_is_shown_to_the_drafters(
    client: Client, notice: Notice, joint: Division
) -> None:
    client.force_login(approver_of(joint))
    client.post(
        page_of(notice),
        {"decision": "decline", "reason": "所掌と異なる", "revision": notice.revision},
    )
    client.force_login(notice.created_by)

    assert "所掌と異なる" in client.get(page_of(notice, "detail")).text


def test_joint_divisions_see_the_draft_and_others_do_not(client: Client, joint: Division) -> None:
    notice = a_draft(joint_issuers=[joint])
    people = [drafter_of(joint), drafter_of(DivisionFactory.create())]

    statuses = []
    for person in people:
        client.force_login(person)
        statuses.append(
            tuple(client.get(page_of(notice, n)).status_code for n in ("detail", "print", "edit"))
        )

    assert statuses == [(200, 200, 403), (404, 404, 404)]


def test_it_is_not_asked_before_the_review(client: Client, joint: Division) -> None:
    notice = a_draft(joint_issuers=[joint])
    client.force_login(approver_of(joint))

    assert client.get(page_of(notice)).status_code == 409
