import pytest
from django.test import Client

from accounts.states import Role
from surveys.models import Assignment
from surveys.states import AssignmentState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment, submitted

pytestmark = pytest.mark.django_db
REASON = "対象となる施設がないため。"


def address(asked: Assignment, name: str = "not-applicable") -> str:
    return f"/surveys/assignments/{asked.pk}/{name}/"


def test_it_is_handed_in_with_a_receipt(client: Client) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    page = client.post(address(asked), {"reason": REASON}, follow=True)

    assert page.redirect_chain == [(address(asked, "receipt"), 302)]
    assert page.content.decode().count(REASON) == 1
    assert "職員数" not in page.content.decode()


def test_where_approval_is_needed_it_is_put_forward(client: Client) -> None:
    city = OrganizationFactory.create(answers_need_approval=True)
    asked = assignment(organization=city)
    approver = person_at(city, Role.APPROVER)
    client.force_login(person_at(city, Role.DRAFTER))
    client.post(address(asked), {"reason": REASON})
    client.force_login(approver)

    page = client.get(address(asked, "review")).content.decode()
    client.post(address(asked, "submission"))

    asked.refresh_from_db()
    assert (REASON in page, "調査全体を「該当なし」とする" in page) == (True, True)
    assert asked.state == AssignmentState.NOT_APPLICABLE


@pytest.mark.parametrize("reason", ["", "　", "あ" * 1001])
def test_a_reason_is_asked_for(client: Client, reason: str) -> None:
    asked = assignment()
    client.force_login(person_at(asked.organization))

    page = client.post(address(asked), {"reason": reason})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"reason"}
    assert not asked.submissions.exists()


def test_what_is_handed_in_leads_to_its_pages(client: Client) -> None:
    done = submitted(assignment())
    client.force_login(person_at(done.organization))

    shown = client.get(address(done))
    sent = client.post(address(done), {"reason": REASON})

    assert [page["Location"] for page in (shown, sent)] == [address(done, "review")] * 2
