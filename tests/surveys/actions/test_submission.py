from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from onepublic.files.models import StoredFile
from surveys.actions import (
    attach_file,
    close_survey,
    give_warning_reasons,
    save_answers,
    submit,
)
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState
from tests.factories.accounts import person_at
from tests.factories.surveys import COMPLETE, answer, assignment
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def complete() -> Assignment:
    asked = assignment()
    answer(asked, person_at(asked.organization), **COMPLETE)
    return asked


def test_it_gives_a_receipt_with_person_time_and_number() -> None:
    asked = complete()
    writer = person_at(asked.organization)

    number = submit(asked, by=writer)

    asked.refresh_from_db()
    event = AuditEvent.objects.get(action="assignment.submitted")
    assert asked.state == AssignmentState.SUBMITTED
    assert asked.submitted_by == writer
    assert asked.receipt_number == number
    assert number == f"2026-{asked.survey_id:04d}-{asked.organization.code}"
    assert (event.actor_id, event.detail) == (writer.pk, {"receipt_number": number})


@pytest.mark.parametrize(
    "values",
    [
        {"staff": ""},
        {"staff": "何人か"},
        {"desk": "true"},
        {"form": "9"},
        {"desk": "true", "name": "窓口", "cases__new__m": "0", "cases__new__f": "1"},
    ],
    ids=["blank", "wrong", "newly visible", "free text missing", "cells missing"],
)
def test_an_unfinished_response_is_refused(values: dict[str, str]) -> None:
    asked = complete()
    writer = person_at(asked.organization)
    answer(asked, writer, **values)

    with pytest.raises(Refused):
        submit(asked, by=writer)

    asked.refresh_from_db()
    assert (asked.state, asked.receipt_number) == (AssignmentState.DRAFTING, None)


def test_a_broken_rule_is_refused() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    cells = {"cases__new__m": "1", "cases__new__f": "1"}
    answer(asked, writer, desk="true", name="窓口", cases__old__m="0", cases__old__f="0", **cells)

    with pytest.raises(Refused):
        submit(asked, by=writer)


def test_a_warning_needs_a_reason() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    answer(asked, writer, staff="1")

    with pytest.raises(Refused):
        submit(asked, by=writer)
    give_warning_reasons(asked, by=writer, reasons={"few": "小規模な村のため。"})

    assert submit(asked, by=writer) != ""


def test_a_response_that_nobody_began_is_refused() -> None:
    asked = assignment()

    with pytest.raises(Refused):
        submit(asked, by=person_at(asked.organization))


def test_a_closed_survey_takes_nothing() -> None:
    asked = complete()
    close_survey(asked.survey, by=asked.survey.created_by)

    with pytest.raises(Refused):
        submit(asked, by=person_at(asked.organization))


@pytest.mark.parametrize(("days", "late"), [(0, False), (-1, True)])
def test_the_day_of_the_deadline_is_in_time(days: int, late: bool) -> None:
    asked = complete()
    due_on = timezone.localdate() + timedelta(days=days)
    Survey.objects.update(due_on=due_on, opens_on=due_on)
    submit(asked, by=person_at(asked.organization))

    stored = Assignment.objects.with_survey().get(pk=asked.pk)

    assert stored.is_late is late


def test_a_second_submission_is_refused_and_changes_nothing() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    submit(asked, by=writer)
    asked.refresh_from_db()

    with pytest.raises(Refused):
        submit(asked, by=person_at(asked.organization))

    stored = Assignment.objects.get(pk=asked.pk)
    assert (stored.submitted_by, stored.submitted_at) == (writer, asked.submitted_at)


def _two_windows() -> list[object]:
    asked = complete()
    writer = person_at(asked.organization)
    act = lambda: submit(asked, by=writer)  # noqa: E731 - the same act twice
    return at_once([act, act], before='UPDATE "surveys_assignment"')


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_give_one_submission() -> None:
    results = _two_windows()

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert AuditEvent.objects.filter(action="assignment.submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_window_would_meet_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_locks(monkeypatch)

    results = _two_windows()

    assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "str"]


def _submitted_while_somebody_writes() -> tuple[dict[str, object], dict[str, object]]:
    """The answers as they were submitted, and as they are."""
    asked = complete()
    writer, other = person_at(asked.organization), person_at(asked.organization)
    at_once(
        [
            lambda: submit(asked, by=writer),
            lambda: save_answers(asked, by=other, changes={"staff": ("9", 1)}),
        ],
        before=('INSERT INTO "surveys_submission"', "WITH written"),
    )
    stored = dict(asked.answers.values_list("field", "value"))
    return asked.submissions.get().values, stored


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_behind_a_submission() -> None:
    handed_in, stored = _submitted_while_somebody_writes()

    assert handed_in == stored


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_copy_would_differ_from_the_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_locks(monkeypatch)

    handed_in, stored = _submitted_while_somebody_writes()

    assert (handed_in["staff"], stored["staff"]) == (3, 9)


def test_what_was_submitted_is_kept_word_for_word() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    answer(asked, writer, staff="1", ways=["1", "2"])
    give_warning_reasons(asked, by=writer, reasons={"few": "小規模な村のため。"})
    submit(asked, by=writer)

    kept = asked.submissions.get()

    assert kept.values == {"staff": 1, "desk": False, "ways": ["1", "2"]}
    assert kept.reasons == {"few": "小規模な村のため。"}
    assert (kept.number, kept.revision, kept.requested_by) == (1, asked.revision, None)
    assert (kept.submitted_by, kept.deadline) == (writer, asked.deadline)


@pytest.mark.parametrize(
    ("state", "facts", "sentence"),
    [
        ("waiting", {}, "添付「計画.txt」のウイルス検査が終わるまで、提出できません。"),
        (
            "infected",
            {"scan_signature": "Eicar", "scanned_at": timezone.now()},
            "添付「計画.txt」からウイルスが検出されました。外すまで、提出できません。",
        ),
    ],
)
def test_a_file_in_quarantine_holds_it_back(
    state: str, facts: dict[str, object], sentence: str
) -> None:
    asked = complete()
    writer = person_at(asked.organization)
    cells = {f"cases__{row}__{column}": "9" for row in ("new", "old") for column in ("m", "f")}
    answer(asked, writer, desk="true", name="窓口", **cells)
    attach_file(asked, by=writer, field_key="plan", uploaded=SimpleUploadedFile("計画.txt", b"a"))
    StoredFile.objects.update(scan_state=state, **facts)

    with pytest.raises(Refused) as refusal:
        submit(asked, by=writer)

    assert str(refusal.value) == sentence


def test_a_file_that_is_asked_no_more_holds_nothing_back() -> None:
    asked = complete()
    writer = person_at(asked.organization)
    answer(asked, writer, desk="true", name="窓口")
    attach_file(asked, by=writer, field_key="plan", uploaded=SimpleUploadedFile("計画.txt", b"a"))
    StoredFile.objects.update(scan_state="waiting")
    answer(asked, writer, desk="false")

    assert submit(asked, by=writer) != ""
