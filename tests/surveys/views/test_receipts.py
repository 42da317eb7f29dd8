from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from onepublic.files.models import StoredFile
from onepublic.files.sweeping import sweep
from surveys.actions import attach_file, detach_file, pull_back, submit
from surveys.models import Assignment, Submission
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, submitted

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


def test_it_is_pulled_back_and_its_copy_stays_in_the_history(client: Client) -> None:
    done = submitted(assignment(), staff="7")
    client.force_login(person_at(done.organization))
    offered = client.get(address(done, "receipt")).context["can_pull_back"]

    page = client.post(address(done, "receipt/pulling-back"), {"reason": "人数の誤り"}, follow=True)
    copy = client.get(address(done, "receipts/1"))

    assert offered is True
    assert page.redirect_chain == [(f"/surveys/assignments/{done.pk}/", 302)]
    assert "提出の控え（第1回、取り戻し・差戻し済み）" in page.content.decode()
    assert "人数の誤り" in copy.content.decode()
    assert copy.context["sections"][0][1][0].text == "7人"
    assert copy.context["can_pull_back"] is False
    assert client.get(address(done, "receipt")).status_code == 404


def test_a_bad_reason_for_pulling_back_is_told(client: Client) -> None:
    done = submitted(assignment())
    client.force_login(person_at(done.organization))

    page = client.post(address(done, "receipt/pulling-back"), {"reason": "あ" * 1001})

    assert (page.status_code, page.context["form"].errors.keys()) == (422, {"reason"})
    assert Assignment.objects.get(pk=done.pk).is_handed_in


def test_a_second_press_is_told_calmly(client: Client) -> None:
    done = submitted(assignment())
    client.force_login(person_at(done.organization))

    for _ in range(2):
        page = client.post(address(done, "receipt/pulling-back"), follow=True)

    assert "この回答の状態が変わっているため" in page.content.decode()


def test_only_its_writers_are_offered_to_pull_it_back(client: Client) -> None:
    done = submitted(assignment())
    client.force_login(done.survey.created_by)

    assert client.get(address(done, "receipt")).context["can_pull_back"] is False
    assert client.post(address(done, "receipt/pulling-back")).status_code == 403


def test_a_file_taken_out_later_stays_with_the_copy(client: Client) -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    cells = {f"cases__{row}__{column}": "9" for row in ("new", "old") for column in ("m", "f")}
    answer(asked, writer, staff="3", desk="true", name="窓口", **cells)
    plan = attach_file(
        asked, by=writer, field_key="plan", uploaded=SimpleUploadedFile("計画.txt", b"a")
    )
    submit(asked, by=writer)
    pull_back(asked, by=writer)
    detach_file(asked, by=writer, field_key="plan", file_id=plan.pk)
    StoredFile.objects.update(created_at=timezone.now() - timedelta(days=9))
    sweep()
    client.force_login(writer)

    copy = client.get(address(asked, "receipts/1")).text
    served = client.get(address(asked, f"files/{plan.pk}"))

    assert "計画.txt" in copy
    assert (served.status_code, served.getvalue()) == (200, b"a")
