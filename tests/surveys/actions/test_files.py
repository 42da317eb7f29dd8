import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from onepublic.core.errors import Refused
from surveys.actions import attach_file, detach_file
from tests.factories.accounts import person_at
from tests.factories.surveys import assignment, submitted

pytestmark = pytest.mark.django_db


def text(name: str = "計画.txt", content: bytes = "計画です。".encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_joins_the_answer() -> None:
    asked = assignment()
    writer = person_at(asked.organization)

    first = attach_file(asked, by=writer, field_key="plan", uploaded=text())
    second = attach_file(asked, by=writer, field_key="plan", uploaded=text("別紙.txt"))

    answer = asked.answers.get(field="plan")
    assert (answer.value, answer.revision) == ([str(first.pk), str(second.pk)], 2)
    assert set(answer.files.all()) == {first, second}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("計画.xlsx", b"PK\x03\x04"),
        ("計画.pdf", b"MZ\x90\x00 not a pdf"),
        ("計画.txt", b""),
        ("計画.txt", b"a" * (1024**2 + 1)),
    ],
    ids=["ending", "lying type", "empty", "too large"],
)
def test_a_file_that_the_question_does_not_take_is_refused(name: str, content: bytes) -> None:
    asked = assignment()
    uploaded = text(name, content)

    with pytest.raises(ValidationError):
        attach_file(asked, by=person_at(asked.organization), field_key="plan", uploaded=uploaded)

    assert asked.answers.count() == 0


def test_more_files_than_asked_are_refused() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    for _ in range(2):
        attach_file(asked, by=writer, field_key="plan", uploaded=text())

    with pytest.raises(ValidationError):
        attach_file(asked, by=writer, field_key="plan", uploaded=text())


@pytest.mark.parametrize("key", ["staff", "nothing"])
def test_a_question_without_files_takes_none(key: str) -> None:
    asked = assignment()

    with pytest.raises(Refused):
        attach_file(asked, by=person_at(asked.organization), field_key=key, uploaded=text())


def test_a_submitted_response_takes_no_files() -> None:
    asked = submitted(assignment())

    with pytest.raises(Refused):
        attach_file(asked, by=person_at(asked.organization), field_key="plan", uploaded=text())


def test_a_file_is_taken_out_once() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    stored = attach_file(asked, by=writer, field_key="plan", uploaded=text())

    for _ in range(2):
        detach_file(asked, by=writer, field_key="plan", file_id=stored.pk)

    answer = asked.answers.get(field="plan")
    assert (answer.value, answer.revision, answer.files.count()) == (None, 2, 0)
