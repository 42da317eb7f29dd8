from datetime import timedelta

import pytest
from django.test import Client

from accounts.states import Role
from onepublic.audit.models import AuditEvent
from surveys.models import Assignment
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import COMPLETE, answer, assignment, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client: Client) -> Assignment:
    """A complete response with a warning, of the village whose drafter has signed in."""
    found = assignment()
    writer = person_at(found.organization)
    answer(found, writer, **(COMPLETE | {"staff": "1"}))
    client.force_login(writer)
    return found


def address(asked: Assignment, name: str) -> str:
    return f"/surveys/assignments/{asked.pk}/{name}/"


def test_findings_lead_to_their_input(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), staff="")

    (finding,) = client.get(address(asked, "review")).context["stops"]

    assert (finding.label, finding.text) == ("職員数", "入力してください。")
    assert finding.url == f"{address(asked, 'sections/s1')}?check=1#f-staff"


def test_the_linked_page_tells_what_is_blank(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), staff="")

    page = client.get(f"{address(asked, 'sections/s1')}?check=1").content.decode()

    assert "未入力：入力してください。" in page


def test_reasons_are_kept_alone(client: Client, asked: Assignment) -> None:
    response = client.post(address(asked, "reasons"), {"reason-few": "小さな村のため。"})

    assert response["Location"] == address(asked, "review")
    assert asked.warning_reasons.get().reason == "小さな村のため。"


@pytest.mark.parametrize("reason", ["あ" * 401, "呼\x07鈴", "あ" * 40_000])
@pytest.mark.parametrize("name", ["reasons", "submission"])
def test_a_bad_reason_is_told_at_its_field_and_changes_nothing(
    client: Client, asked: Assignment, name: str, reason: str
) -> None:
    response = client.post(address(asked, name), {"reason-few": reason})

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"reason-few"}
    assert asked.warning_reasons.count() == 0


def test_submitting_keeps_the_reason_and_shows_the_receipt(
    client: Client, asked: Assignment
) -> None:
    response = client.post(
        address(asked, "submission"), {"reason-few": "小さな村のため。"}, follow=True
    )

    asked.refresh_from_db()
    page = response.content.decode()
    assert response.redirect_chain == [(address(asked, "receipt"), 302)]
    assert asked.receipt_number is not None
    assert asked.receipt_number in page
    assert "小さな村のため。" in page


def test_without_a_reason_it_is_refused_in_words(client: Client, asked: Assignment) -> None:
    response = client.post(address(asked, "submission"), {"reason-few": ""}, follow=True)

    asked.refresh_from_db()
    assert response.redirect_chain == [(address(asked, "review"), 302)]
    assert "理由が入力されていないため、提出できません。" in response.content.decode()
    assert asked.receipt_number is None


def test_a_second_press_shows_the_same_receipt(client: Client, asked: Assignment) -> None:
    for _ in range(2):
        response = client.post(address(asked, "submission"), {"reason-few": "小さな村のため。"})
        assert response["Location"] == address(asked, "receipt")

    assert AuditEvent.objects.filter(action="assignment.submitted").count() == 1


def test_the_division_that_asked_reads_the_receipt_and_writes_nothing(
    client: Client, asked: Assignment
) -> None:
    other = submitted(assignment())
    client.force_login(other.survey.created_by)

    assert client.get(address(other, "receipt")).status_code == 200
    assert client.get(address(other, "review")).status_code == 200
    assert client.post(address(other, "submission")).status_code == 403
    assert client.post(address(other, "reasons")).status_code == 403
    assert client.get(address(asked, "review")).status_code == 404


def test_a_viewer_reads_and_may_not_submit(client: Client, asked: Assignment) -> None:
    client.force_login(person_at(asked.organization, Role.VIEWER))

    assert client.get(address(asked, "review")).context["can_answer"] is False
    assert client.post(address(asked, "submission")).status_code == 403


def test_a_stranger_finds_nothing(client: Client, asked: Assignment) -> None:
    client.force_login(person_at(OrganizationFactory.create()))

    assert client.post(address(asked, "submission")).status_code == 404
    assert client.get(address(asked, "receipt")).status_code == 404


def test_the_receipt_leads_to_the_survey_that_is_due_next(client: Client) -> None:
    done = submitted(assignment())
    later, sooner = (
        assignment(organization=done.organization, due_on=done.survey.due_on + timedelta(days=days))
        for days in (9, 4)
    )
    client.force_login(person_at(done.organization))

    page = client.get(address(done, "receipt"))

    assert page.context["next_assignment"] == sooner
    text = page.content.decode()
    assert f'<a href="/surveys/assignments/{sooner.pk}/">' in text
    assert f'<a href="/surveys/assignments/{later.pk}/">' not in text


def test_the_last_receipt_says_that_nothing_is_left(client: Client) -> None:
    done = submitted(assignment())
    assignment()
    client.force_login(person_at(done.organization))

    page = client.get(address(done, "receipt")).content.decode()

    assert "回答を待っている調査は、ほかにありません。" in page


def test_a_bad_reason_is_summed_up_at_the_head(client: Client, asked: Assignment) -> None:
    page = client.post(address(asked, "submission"), {"reason-few": "あ" * 401}).content.decode()

    assert page.count('class="error-summary"') == 1
    assert '<a href="#id_reason-few">理由：' in page


def test_totals_of_a_table_have_their_unit(client: Client, asked: Assignment) -> None:
    answer(
        asked, person_at(asked.organization), desk="true", cases__new__m="1000", cases__old__f="7"
    )

    sections = client.get(address(asked, "review")).context["sections"]

    (cases,) = [line for _, lines in sections for line in lines if line.rows]
    assert [total for _, _, total in cases.rows] == ["1,000件", "7件"]
    assert (cases.column_totals, cases.grand_total) == (["1,000件", "7件"], "1,007件")
