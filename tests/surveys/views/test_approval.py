import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.states import Role
from surveys.actions import request_approval, return_inside
from surveys.models import Assignment
from surveys.states import AssignmentState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import COMPLETE, answer, assignment

pytestmark = pytest.mark.django_db
QUERIES = 6


@pytest.fixture
def asked() -> Assignment:
    """A complete response of a city that wants an approval."""
    city = OrganizationFactory.create(answers_need_approval=True)
    found = assignment(organization=city)
    answer(found, person_at(city, Role.DRAFTER), **COMPLETE)
    return found


@pytest.fixture
def drafter(asked: Assignment) -> User:
    return person_at(asked.organization, Role.DRAFTER)


@pytest.fixture
def approver(asked: Assignment) -> User:
    return person_at(asked.organization, Role.APPROVER)


def address(asked: Assignment, name: str) -> str:
    return f"/surveys/assignments/{asked.pk}/{name}/"


def state_of(asked: Assignment) -> str:
    return Assignment.objects.get(pk=asked.pk).state


def test_a_drafter_asks_for_approval_and_not_for_submission(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    client.force_login(drafter)
    page = client.get(address(asked, "review")).content.decode()
    assert ("決裁を求める" in page, "提出する</button>" in page) == (True, False)

    done = client.post(address(asked, "approval"), follow=True)

    assert done.redirect_chain == [(address(asked, "review"), 302)]
    assert "決裁を求めました。" in done.content.decode()
    assert state_of(asked) == AssignmentState.AWAITING_APPROVAL


def test_a_second_press_changes_nothing(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    client.force_login(drafter)
    for _ in range(2):
        response = client.post(address(asked, "approval"))
        assert response["Location"] == address(asked, "review")

    asked.refresh_from_db()
    assert asked.requested_by == drafter


def test_what_stops_it_is_said(client: Client, asked: Assignment, drafter: User) -> None:
    client.force_login(drafter)

    page = client.post(address(asked, "approval"), follow=True).content.decode()

    assert "ほかの決裁者がいません。" in page
    assert state_of(asked) == AssignmentState.DRAFTING


def test_an_approver_approves_and_sees_the_receipt(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    client.force_login(approver)
    page = client.get(address(asked, "review")).content.decode()
    assert ("決裁して提出する" in page, drafter.name in page) == (True, True)

    receipt = client.post(address(asked, "submission"), follow=True)

    text = receipt.content.decode()
    assert receipt.redirect_chain == [(address(asked, "receipt"), 302)]
    assert (f"<dd>{approver.name}</dd>" in text, drafter.name in text) == (True, True)


def test_who_asked_sees_no_button_to_approve(
    client: Client, asked: Assignment, approver: User
) -> None:
    both = person_at(asked.organization)
    request_approval(asked, by=both)
    client.force_login(both)

    page = client.get(address(asked, "review")).content.decode()
    refused = client.post(address(asked, "submission"), follow=True).content.decode()

    assert ("決裁して提出する" in page, "決裁の依頼を取り下げる" in page) == (False, True)
    assert "決裁を求めた人は、その回答を決裁できません。" in refused
    assert state_of(asked) == AssignmentState.AWAITING_APPROVAL


def test_a_return_is_shown_at_its_question_on_both_pages(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    client.force_login(approver)
    said = {"reason": "数え方を確認してください。", "remark-staff": "常勤だけにしてください。"}
    client.post(address(asked, "approval/return"), said)
    client.force_login(drafter)

    section = client.get(address(asked, "sections/s1")).content.decode()
    review = client.get(address(asked, "review")).content.decode()

    assert section.count("常勤だけにしてください。") == 1
    assert review.count("常勤だけにしてください。") == 1
    assert ("数え方を確認してください。" in review, "差し戻された回答です" in review) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"reason": "", "remark-staff": "確認"}, "reason"),
        ({"reason": "誤り", "remark-staff": "あ" * 1001}, "remark-staff"),
        ({"reason": "呼\x07鈴"}, "reason"),
    ],
)
def test_a_bad_return_is_told_at_its_field_and_keeps_what_was_typed(
    client: Client,
    asked: Assignment,
    drafter: User,
    approver: User,
    said: dict[str, str],
    wrong: str,
) -> None:
    request_approval(asked, by=drafter)
    client.force_login(approver)

    response = client.post(address(asked, "approval/return"), said)

    assert response.status_code == 422
    assert list(response.context["return_form"].errors) == [wrong]
    assert all(text in response.content.decode() for text in said.values())
    assert state_of(asked) == AssignmentState.AWAITING_APPROVAL


def test_a_settled_remark_leads_back_to_its_question(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    return_inside(asked, by=approver, reason="誤り", remarks={"staff": "確認"})
    whole, one = asked.remarks.order_by("pk")
    client.force_login(drafter)

    to_section = client.post(address(asked, f"remarks/{one.pk}/settlement"), {"section": "s1"})
    to_review = client.post(address(asked, f"remarks/{whole.pk}/settlement"), {"section": ""})

    assert to_section["Location"] == f"{address(asked, 'sections/s1')}#q-staff"
    assert to_review["Location"] == address(asked, "review")
    assert asked.remarks.open().count() == 0


def test_a_request_is_withdrawn(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    client.force_login(drafter)

    client.post(address(asked, "approval/withdrawal"))
    again = client.post(address(asked, "approval/withdrawal"), follow=True).content.decode()

    assert state_of(asked) == AssignmentState.DRAFTING
    assert "この回答の状態が変わっているため" in again


@pytest.mark.parametrize("count", [1, 3])
def test_an_approvers_list_costs_the_same_for_one_and_three(
    client: Client,
    asked: Assignment,
    drafter: User,
    approver: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    request_approval(asked, by=drafter)
    for _ in range(count - 1):
        other = assignment(organization=asked.organization)
        answer(other, drafter, **COMPLETE)
        request_approval(other, by=drafter)
    client.force_login(approver)

    with django_assert_num_queries(QUERIES):
        page = client.get("/surveys/approvals/")

    assert len(page.context["assignments"]) == count


def test_an_empty_list_says_so(client: Client, asked: Assignment, approver: User) -> None:
    client.force_login(approver)

    page = client.get("/surveys/approvals/").content.decode()

    assert "決裁を待つ回答はありません" in page


def test_own_requests_and_other_organizations_are_not_listed(
    asked: Assignment, drafter: User, approver: User
) -> None:
    both = person_at(asked.organization)
    request_approval(asked, by=both)
    elsewhere = person_at(OrganizationFactory.create(), Role.APPROVER)

    listed = [
        list(Assignment.objects.awaiting_approval_of(person))
        for person in (approver, both, drafter, elsewhere)
    ]

    assert listed == [[asked], [], [], []]


def test_the_list_of_surveys_leads_an_approver_to_what_waits(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    counts = []
    for person in (approver, drafter):
        client.force_login(person)
        page = client.get("/surveys/")
        counts.append((page.context["awaiting_count"], "/surveys/approvals/" in page.text))

    assert counts == [(1, True), (0, False)]


def test_the_page_of_a_response_says_where_it_stands(
    client: Client, asked: Assignment, drafter: User, approver: User
) -> None:
    request_approval(asked, by=drafter)
    client.force_login(approver)
    waiting = client.get(f"/surveys/assignments/{asked.pk}/").text
    return_inside(asked, by=approver, reason="誤り", remarks={})
    client.force_login(drafter)
    returned = client.get(f"/surveys/assignments/{asked.pk}/").text

    assert ("この回答は決裁を待っています" in waiting, "回答を決裁する" in waiting) == (True, True)
    assert ("差し戻された回答です" in returned, "指摘を見る" in returned) == (True, True)
