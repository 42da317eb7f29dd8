import io
from collections.abc import Mapping

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from onepublic.audit.models import events_of
from onepublic.core.errors import Refused, Stale
from onepublic.workbook import WorkbookRefused
from surveys.actions import Outcome, close_survey, save_answers
from surveys.actions.answer_books import discard, take_over, upload_book
from surveys.models import AnswerUpload, Assignment, SectionWork
from surveys.offline import differences_of, write_book
from surveys.parts import parts_of
from surveys.permissions import closed_sections
from surveys.responses import load_response
from surveys.states import AssignmentState, Origin
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment, submitted
from tests.surveys.answerbook.books import filled
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db
Contents = Mapping[tuple[str, str], object]


@pytest.fixture
def asked() -> Assignment:
    return assignment()


@pytest.fixture
def officer(asked: Assignment) -> User:
    return person_at(asked.organization)


def book(asked: Assignment) -> bytes:
    """The workbook as it is downloaded now."""
    with write_book(load_response(asked), {}) as file:
        return file.read()


def upload(asked: Assignment, by: User, content: bytes) -> AnswerUpload:
    return upload_book(asked, by=by, uploaded=SimpleUploadedFile("回答.xlsx", content))


def uploaded(asked: Assignment, by: User, contents: Contents) -> AnswerUpload:
    """Downloaded, filled in and given back."""
    return upload(asked, by, filled(book(asked), contents))


def print_of(found: AnswerUpload, by: User) -> str:
    """What the page would send back."""
    response = load_response(found.assignment)
    closed = closed_sections(by, parts_of(found.assignment))
    return differences_of(found, response, closed=closed).fingerprint


def stored(asked: Assignment) -> dict[str, tuple[object, int, str]]:
    rows = asked.answers.values_list("field", "value", "revision", "origin")
    return {field: (value, revision, origin) for field, value, revision, origin in rows}


def test_nothing_is_written_until_it_is_taken_over(asked: Assignment, officer: User) -> None:
    found = uploaded(asked, officer, {("staff", ""): 12, ("desk", ""): "はい"})
    before = stored(asked)

    written = take_over(found, by=officer, fingerprint=print_of(found, officer))

    assert (before, written) == ({}, 2)
    assert stored(asked) == {
        "staff": (12, 1, Origin.WORKBOOK),
        "desk": (True, 1, Origin.WORKBOOK),
    }
    asked.refresh_from_db()
    found.refresh_from_db()
    assert (asked.state, found.taken_over) == (AssignmentState.DRAFTING, True)
    assert [event.action for event in events_of(asked)] == [
        "answers.uploaded",
        "assignment.started",
        "answers.taken_over",
    ]


def test_a_wrong_value_stays_out_and_the_others_come_in(asked: Assignment, officer: User) -> None:
    found = uploaded(asked, officer, {("staff", ""): 5000, ("desk", ""): "いいえ"})

    take_over(found, by=officer, fingerprint=print_of(found, officer))

    assert stored(asked) == {"desk": (False, 1, Origin.WORKBOOK)}


def test_what_the_answers_hide_is_not_taken_over(asked: Assignment, officer: User) -> None:
    found = uploaded(asked, officer, {("desk", ""): "いいえ", ("name", ""): "相談室"})

    take_over(found, by=officer, fingerprint=print_of(found, officer))

    assert stored(asked) == {"desk": (False, 1, Origin.WORKBOOK)}


def test_what_others_changed_and_the_workbook_did_not_stays(
    asked: Assignment, officer: User
) -> None:
    answer(asked, officer, staff="3", desk="true")
    content = filled(book(asked), {("desk", ""): "いいえ"})
    answer(asked, person_at(asked.organization), staff="4")
    found = upload(asked, officer, content)

    take_over(found, by=officer, fingerprint=print_of(found, officer))

    assert stored(asked) == {
        "staff": (4, 2, Origin.TYPED),
        "desk": (False, 2, Origin.WORKBOOK),
    }


@pytest.mark.parametrize(("mine", "theirs", "left"), [([], ["staff"], 4), (["staff"], [], 9)])
def test_a_conflict_is_decided_per_field(
    asked: Assignment, officer: User, mine: list[str], theirs: list[str], left: int
) -> None:
    answer(asked, officer, staff="3")
    content = filled(book(asked), {("staff", ""): 9})
    answer(asked, officer, staff="4")
    found = upload(asked, officer, content)
    seen = print_of(found, officer)

    with pytest.raises(Stale, match="どちらを残すか"):
        take_over(found, by=officer, fingerprint=seen)
    take_over(found, by=officer, fingerprint=seen, mine=mine, theirs=theirs)

    assert stored(asked)["staff"][0] == left


def test_what_the_choice_hides_is_left(asked: Assignment, officer: User) -> None:
    answer(asked, officer, desk="false")
    content = filled(book(asked), {("desk", ""): "はい", ("name", ""): "相談室"})
    answer(asked, officer, desk="")
    found = upload(asked, officer, content)

    written = take_over(found, by=officer, fingerprint=print_of(found, officer), theirs=["desk"])

    assert (written, [key for key in stored(asked) if key != "desk"]) == (0, [])


def test_what_changed_after_the_page_was_shown_is_shown_anew(
    asked: Assignment, officer: User
) -> None:
    found = uploaded(asked, officer, {("staff", ""): 12})
    seen = print_of(found, officer)
    answer(asked, officer, staff="4")

    with pytest.raises(Stale, match="この画面を開いた後に"):
        take_over(found, by=officer, fingerprint=seen)

    assert stored(asked) == {"staff": (4, 1, Origin.TYPED)}


def test_a_second_press_changes_nothing(asked: Assignment, officer: User) -> None:
    found = uploaded(asked, officer, {("staff", ""): 12})
    seen = print_of(found, officer)
    take_over(found, by=officer, fingerprint=seen)
    answer(asked, officer, staff="4")

    for act in (
        lambda: take_over(found, by=officer, fingerprint=seen, mine=["staff"]),
        lambda: discard(found, by=officer),
    ):
        with pytest.raises(Stale, match="既に反映又は破棄"):
            act()

    assert stored(asked)["staff"] == (4, 2, Origin.TYPED)


def test_what_was_discarded_cannot_be_taken_over(asked: Assignment, officer: User) -> None:
    found = uploaded(asked, officer, {("staff", ""): 12})
    discard(found, by=officer)

    with pytest.raises(Stale):
        take_over(found, by=officer, fingerprint=print_of(found, officer))

    assert stored(asked) == {}


def test_the_next_upload_of_a_person_replaces_what_waits(asked: Assignment, officer: User) -> None:
    colleague = person_at(asked.organization)
    first = uploaded(asked, officer, {("staff", ""): 1})
    other = uploaded(asked, colleague, {("staff", ""): 2})
    last = uploaded(asked, officer, {("staff", ""): 3})

    waiting = asked.uploads.filter(settled_at=None).order_by("pk")

    assert list(waiting) == [other, last]
    assert not AnswerUpload.objects.get(pk=first.pk).taken_over


def test_a_section_of_another_division_is_left_alone(asked: Assignment, officer: User) -> None:
    other = DivisionFactory.create(organization=asked.organization)
    content = filled(book(asked), {("staff", ""): 12})
    SectionWork.objects.create(assignment=asked, section_id="s1", division=other)
    found = upload(asked, officer, content)

    take_over(found, by=officer, fingerprint=print_of(found, officer))

    assert stored(asked) == {}


def test_a_revision_meanwhile_is_followed(asked: Assignment, officer: User) -> None:
    content = filled(book(asked), {("staff", ""): 12, ("form", ""): "直営"})
    document = {**asked.revision.document}
    first = document["sections"][0]
    left = [each for each in first["questions"] if each["id"] != "form"]
    document["sections"] = [{**first, "questions": left}, *document["sections"][1:]]
    revised = asked.survey.revisions.create(number=2, document=document)
    Assignment.objects.filter(pk=asked.pk).update(revision=revised)
    current = Assignment.objects.with_survey().get(pk=asked.pk)

    found = upload(current, officer, content)
    take_over(found, by=officer, fingerprint=print_of(found, officer))

    assert stored(asked) == {"staff": (12, 1, Origin.WORKBOOK)}


def test_others_and_what_is_handed_in_or_closed_are_refused(officer: User) -> None:
    asked = assignment(organization=officer.memberships.get().division.organization)
    content = book(asked)
    stranger = person_at(OrganizationFactory.create())

    with pytest.raises(PermissionDenied):
        upload(asked, stranger, content)
    found = upload(asked, officer, content)
    submitted(asked, officer)
    with pytest.raises(Refused, match="提出済み"):
        take_over(found, by=officer, fingerprint=print_of(found, officer))
    other = assignment(organization=asked.organization)
    close_survey(other.survey, by=other.survey.created_by)
    with pytest.raises(Refused, match="受付を終了"):
        upload(other, officer, content)


def test_another_organizations_workbook_is_refused(asked: Assignment, officer: User) -> None:
    other = assignment()

    with pytest.raises(WorkbookRefused, match="別の調査の回答用Excel"):
        upload(asked, officer, book(other))


@pytest.mark.parametrize("content", [b"", b"text", io.BytesIO(b"PK\x03\x04").getvalue()])
def test_what_is_no_workbook_is_refused(asked: Assignment, officer: User, content: bytes) -> None:
    with pytest.raises(ValidationError):
        upload(asked, officer, content)

    assert not asked.uploads.exists()


def _pressed_while_somebody_types() -> list[str]:
    """What became of the press, and of what was typed at the same moment into the same field."""
    asked = assignment()
    officer, colleague = person_at(asked.organization), person_at(asked.organization)
    found = uploaded(asked, officer, {("staff", ""): 12})
    seen = print_of(found, officer)
    taken, typed = at_once(
        [
            lambda: take_over(found, by=officer, fingerprint=seen),
            lambda: save_answers(asked, by=colleague, changes={"staff": ("7", 0)}),
        ],
        before="WITH written",
    )
    told = typed["staff"].outcome is Outcome.STALE
    return sorted(["taken" if taken == 1 else "refused", "told" if told else "saved"])


@pytest.mark.django_db(transaction=True)
def test_nothing_is_overwritten_unseen_by_a_press_at_the_same_moment() -> None:
    assert _pressed_while_somebody_types() in (["refused", "saved"], ["taken", "told"])


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_write(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    assert _pressed_while_somebody_types() == ["saved", "taken"]
