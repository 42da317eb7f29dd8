import pytest
from django.test import Client

from surveys.models import Assignment, Submission
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment, submitted

pytestmark = pytest.mark.django_db


def address(asked: Assignment, name: str) -> str:
    return f"/surveys/assignments/{asked.pk}/{name}/"


def test_the_copy_shows_what_was_submitted_whatever_was_written_since(client: Client) -> None:
    done = submitted(assignment(), staff="7")
    done.answers.filter(field="staff").update(value=8)
    client.force_login(person_at(done.organization))

    sections = client.get(address(done, "receipt")).context["sections"]

    assert sections[0][1][0].text == "7人"


def test_it_shows_number_time_person_deadline_and_revision(client: Client) -> None:
    done = submitted(assignment())
    person = person_at(done.organization)
    client.force_login(person)

    page = client.get(address(done, "receipt")).content.decode()

    assert done.submitted_by is not None
    for part in (done.receipt_number, done.submitted_by.name, "令和８年12月11日", "第1版"):
        assert str(part) in page


def test_an_earlier_one_keeps_its_number(client: Client) -> None:
    done = submitted(assignment())
    client.force_login(person_at(done.organization))

    page = client.get(address(done, "receipts/1"))

    assert page.context["submission"] == Submission.objects.get()
    assert client.get(address(done, "receipts/2")).status_code == 404


def test_strangers_find_no_receipt(client: Client) -> None:
    done = submitted(assignment())
    client.force_login(person_at(OrganizationFactory.create()))

    assert client.get(address(done, "receipts/1")).status_code == 404
