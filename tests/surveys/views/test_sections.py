import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.states import Role
from surveys.models import Assignment
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client: Client) -> Assignment:
    """An assignment of the village whose drafter has signed in."""
    found = assignment()
    client.force_login(person_at(found.organization))
    return found


def address(asked: Assignment, section: str = "s1") -> str:
    return f"/surveys/assignments/{asked.pk}/sections/{section}/"


def seen(client: Client, asked: Assignment, section: str = "s1") -> str:
    """The hidden value of the page as it is now."""
    page = client.get(address(asked, section)).content.decode()
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


def save(client: Client, asked: Assignment, token: str, **fields: Any) -> HttpResponse:
    """A post without script: what is named here, beside the page's hidden value."""
    return client.post(address(asked), {"seen": token, **fields})  # type: ignore[return-value]


def test_every_question_is_there_and_the_invisible_ones_are_hidden(
    client: Client, asked: Assignment
) -> None:
    page = client.get(address(asked)).content.decode()

    assert re.findall(r'data-question="(\w+)"( hidden)?', page) == [
        ("staff", ""),
        ("desk", ""),
        ("name", " hidden"),
        ("form", ""),
        ("ways", ""),
        ("since", ""),
    ]


def test_without_script_the_page_saves_what_was_changed(client: Client, asked: Assignment) -> None:
    fields = {"f-staff": "１２", "f-desk": "true", "f-ways": ["1", "2"], "f-since": ""}

    response = save(client, asked, seen(client, asked), **fields)

    assert (response.status_code, response["Location"]) == (302, address(asked))
    stored = {"staff": 12, "desk": True, "ways": ["1", "2"]}
    assert dict(asked.answers.values_list("field", "value")) == stored


def test_what_was_left_alone_is_not_written_again(client: Client, asked: Assignment) -> None:
    writer = person_at(asked.organization)
    answer(asked, writer, staff="3", note="二行の\n備考", since="R8.4.1")
    token = seen(client, asked)
    answer(asked, writer, staff="4")

    save(client, asked, token, **{"f-staff": "3", "f-since": "2026-04-01", "f-form": "1"})

    rows = asked.answers.order_by("field").values_list("field", "value", "revision")
    assert list(rows) == [
        ("form", "1", 1),
        ("note", "二行の\n備考", 1),
        ("since", "2026-04-01", 1),
        ("staff", 4, 2),
    ]


def test_a_conflict_shows_both_values_and_the_second_post_decides(
    client: Client, asked: Assignment
) -> None:
    token = seen(client, asked)
    answer(asked, person_at(asked.organization), staff="4")

    response = save(client, asked, token, **{"f-staff": "7"})

    page = response.content.decode()
    assert response.status_code == 409
    assert 'data-conflict="staff"' in page
    assert asked.answers.get(field="staff").value == 4
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    again = html.unescape(found[1])
    save(client, asked, again, **{"f-staff": "7", "keep": "staff"})
    assert asked.answers.get(field="staff").value == 4
    save(client, asked, again, **{"f-staff": "7"})
    assert asked.answers.get(field="staff").value == 7


def test_a_wrong_value_is_saved_and_marked_at_its_question(
    client: Client, asked: Assignment
) -> None:
    save(client, asked, seen(client, asked), **{"f-staff": "数人"})

    page = client.get(address(asked)).content.decode()
    assert 'value="数人"' in page
    assert "エラー：数字で入力してください。" in page


def test_what_can_not_be_kept_stays_on_the_page(client: Client, asked: Assignment) -> None:
    response = save(client, asked, seen(client, asked), **{"f-name": "呼\x07鈴", "f-staff": "2"})

    assert response.status_code == 409
    assert "使用できない制御文字（U+0007）" in response.content.decode()
    assert dict(asked.answers.values_list("field", "value")) == {"staff": 2}


@pytest.mark.parametrize(
    "token",
    [
        *("", "x", "[]", '{"staff": 1}', '{"staff": ["a", "b"]}'),
        *('{"staff": [1e999, "x"]}', '{"a":' * 100_000),
    ],
)
def test_a_page_that_does_not_say_what_it_showed_changes_nothing_unseen(
    client: Client, asked: Assignment, token: str
) -> None:
    answer(asked, person_at(asked.organization), staff="4")

    assert save(client, asked, token, **{"f-staff": "7"}).status_code == 409
    assert asked.answers.get(field="staff").value == 4


def test_the_buttons_lead_on(client: Client, asked: Assignment) -> None:
    first = save(client, asked, seen(client, asked), **{"f-desk": "true", "next": "1"})
    last = client.post(address(asked, "s2"), {"seen": "{}", "next": "1"})

    assert first["Location"] == address(asked, "s2")
    assert last["Location"] == f"/surveys/assignments/{asked.pk}/review/"


def test_files_are_attached_downloaded_and_taken_out(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), desk="true")
    upload = SimpleUploadedFile("計画.txt", "計画です。".encode())

    client.post(address(asked, "s2"), {"seen": "{}", "f-plan": upload})

    (file_id,) = asked.answers.get(field="plan").value or []
    download = client.get(f"/surveys/assignments/{asked.pk}/files/{file_id}/")
    assert b"".join(download.streaming_content).decode() == "計画です。"  # type: ignore[attr-defined]
    assert download["Content-Disposition"].startswith("attachment;")
    client.post(address(asked, "s2"), {"seen": "{}", "detach": f"plan/{file_id}"})
    assert asked.answers.get(field="plan").value is None
    assert client.get(f"/surveys/assignments/{asked.pk}/files/{file_id}/").status_code == 404


def test_a_file_with_a_lying_type_is_refused_at_its_question(
    client: Client, asked: Assignment
) -> None:
    answer(asked, person_at(asked.organization), desk="true")
    upload = SimpleUploadedFile("計画.pdf", b"MZ\x90\x00")

    response = client.post(address(asked, "s2"), {"seen": "{}", "f-plan": upload})

    assert response.status_code == 409
    assert "中身が、拡張子（.pdf）の示す種類と違います" in response.content.decode()
    assert asked.answers.filter(field="plan").count() == 0


@pytest.mark.parametrize("section", ["s2", "nothing"])
def test_a_section_that_is_hidden_or_unknown_is_not_found(
    client: Client, asked: Assignment, section: str
) -> None:
    assert client.get(address(asked, section)).status_code == 404


def test_after_submission_there_is_only_the_review(client: Client, asked: Assignment) -> None:
    submitted(asked)

    page = client.get(address(asked))
    post = client.post(address(asked), {"seen": "{}", "f-staff": "9"})

    assert page["Location"] == f"/surveys/assignments/{asked.pk}/review/"
    assert post.status_code == 409
    assert asked.answers.get(field="staff").value == 3


def test_a_viewer_may_not_write_and_a_stranger_finds_nothing(
    client: Client, asked: Assignment
) -> None:
    client.force_login(person_at(asked.organization, Role.VIEWER))
    assert client.post(address(asked), {"seen": "{}"}).status_code == 403

    client.force_login(person_at(OrganizationFactory.create()))
    assert client.get(address(asked)).status_code == 404


def test_a_page_that_arrives_cut_off_erases_nothing(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), staff="3")
    page = client.get(address(asked)).content.decode()

    response = client.post(address(asked), {"f-desk": "true"})

    assert response.status_code == 409
    assert dict(asked.answers.values_list("field", "value")) == {"staff": 3}
    assert page.index('name="f-since"') < page.index('name="seen"')


def test_a_page_that_is_refused_as_a_whole_stores_nothing_of_it(
    client: Client, asked: Assignment
) -> None:
    """A file sent to a question that takes none is a forged or outdated page."""
    upload = SimpleUploadedFile("計画.txt", "計画です。".encode())

    response = save(client, asked, seen(client, asked), **{"f-staff": "12", "f-name": upload})

    assert response.status_code == 409
    assert asked.answers.count() == 0
