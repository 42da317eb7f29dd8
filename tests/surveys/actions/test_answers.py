import pytest

from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from surveys.actions import FieldResult, Outcome, close_survey, save_answers
from surveys.models import Assignment
from surveys.responses import load_response
from surveys.states import AssignmentState, Origin
from tests.factories.accounts import person_at
from tests.factories.surveys import answer, assignment, submitted
from tests.surveys.racing import at_once, without_locks

pytestmark = pytest.mark.django_db


def test_it_stores_what_was_meant_with_writer_and_revision() -> None:
    asked = assignment()
    writer = person_at(asked.organization)

    results = save_answers(
        asked, by=writer, changes={"staff": ("１，０００人", 0), "since": ("令和8年11月23日", 0)}
    )

    rows = asked.answers.values_list("field", "value", "revision", "updated_by")
    assert set(rows) == {("staff", 1000, 1, writer.pk), ("since", "2026-11-23", 1, writer.pk)}
    assert results["staff"] == FieldResult(Outcome.SAVED, 1, 1000)


def test_the_first_answer_starts_the_response_once() -> None:
    asked = assignment()
    writer = person_at(asked.organization)

    answer(asked, writer, staff="1")
    answer(asked, writer, staff="2")

    asked.refresh_from_db()
    assert asked.state == AssignmentState.DRAFTING
    assert asked.last_answer_at is not None
    assert AuditEvent.objects.filter(action="assignment.started").count() == 1


def test_a_wrong_value_is_kept_as_typed_and_marked() -> None:
    asked = assignment()
    writer = person_at(asked.organization)

    results = save_answers(asked, by=writer, changes={"staff": ("約10人", 0)})

    found = load_response(asked).evaluation.findings_of("staff")
    assert results["staff"] == FieldResult(Outcome.SAVED, 1, "約10人")
    assert [(f.level.value, f.message) for f in found] == [("invalid", "数字で入力してください。")]


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "呼\x07鈴", "\u202e逆", "あ" * 40_000])
def test_what_no_store_can_carry_is_turned_away_alone(text: str) -> None:
    asked = assignment()
    writer = person_at(asked.organization)

    results = save_answers(asked, by=writer, changes={"note": (text, 0), "staff": ("1", 0)})

    assert results["note"].outcome is Outcome.REFUSED
    assert results["note"].message.endswith("。") or results["note"].message.endswith("）。")
    assert list(asked.answers.values_list("field", "value")) == [("staff", 1)]


@pytest.mark.parametrize("key", ["nothing", "cases", "cases.new", "plan", "form.1", ""])
def test_a_key_that_takes_no_typed_value_is_turned_away(key: str) -> None:
    asked = assignment()

    results = save_answers(asked, by=person_at(asked.organization), changes={key: ("1", 0)})

    assert results[key].outcome is Outcome.REFUSED
    assert asked.answers.count() == 0


def test_text_that_looks_like_a_formula_stays_text() -> None:
    asked = assignment()
    answer(asked, person_at(asked.organization), note="=1+1")

    assert asked.answers.get(field="note").value == "=1+1"


def test_a_stale_write_changes_nothing_and_tells_who_was_first() -> None:
    asked = assignment()
    first, second = person_at(asked.organization), person_at(asked.organization)
    answer(asked, first, staff="5")

    results = save_answers(asked, by=second, changes={"staff": ("7", 0), "note": ("x", 0)})

    stored = asked.answers.get(field="staff")
    assert results["staff"] == FieldResult(
        Outcome.STALE, 1, 5, writer_id=first.pk, written_at=stored.updated_at
    )
    assert results["note"].outcome is Outcome.SAVED
    assert asked.answers.get(field="staff").value == 5


def test_the_same_value_is_no_conflict_and_no_write() -> None:
    asked = assignment()
    first, second = person_at(asked.organization), person_at(asked.organization)
    answer(asked, first, staff="5")

    results = save_answers(asked, by=second, changes={"staff": ("５", 0)})

    stored = asked.answers.get(field="staff")
    assert results["staff"] == FieldResult(Outcome.SAVED, 1, 5)
    assert (stored.revision, stored.updated_by) == (1, first)


def test_clearing_is_a_write_and_a_blank_is_none() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    answer(asked, writer, staff="5")

    results = save_answers(asked, by=writer, changes={"staff": ("", 1), "note": ("", 0)})

    assert results["staff"] == FieldResult(Outcome.SAVED, 2, None)
    assert list(asked.answers.values_list("field", "value")) == [("staff", None)]


def test_zero_and_no_are_answers() -> None:
    asked = assignment()
    answer(asked, person_at(asked.organization), staff="0", desk="false")

    assert dict(asked.answers.values_list("field", "value")) == {"staff": 0, "desk": False}


def test_yes_is_not_taken_for_one() -> None:
    asked = assignment()
    writer = person_at(asked.organization)
    answer(asked, writer, staff="true")
    answer(asked, writer, staff="1")

    assert asked.answers.get(field="staff").value == 1
    assert type(asked.answers.get(field="staff").value) is int


def test_a_submitted_response_takes_no_answers() -> None:
    asked = submitted(assignment())

    with pytest.raises(Refused):
        answer(asked, person_at(asked.organization), staff="9")

    assert asked.answers.get(field="staff").value == 3


def test_a_closed_survey_takes_no_answers() -> None:
    asked = assignment()
    close_survey(asked.survey, by=asked.survey.created_by)

    with pytest.raises(Refused):
        answer(asked, person_at(asked.organization), staff="9")

    assert asked.answers.count() == 0


def _two_writers() -> list[FieldResult]:
    asked = assignment()
    people = [person_at(asked.organization), person_at(asked.organization)]
    acts = [
        lambda who=person, text=str(number): save_answers(
            asked, by=who, changes={"staff": (text, 0)}
        )
        for number, person in enumerate(people, 1)
    ]
    results = at_once(acts, before="WITH written")
    return [result["staff"] for result in results]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told_of_the_other() -> None:
    outcomes = sorted(result.outcome.value for result in _two_writers())

    assert outcomes == ["saved", "stale"]


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_one_would_be_overwritten_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)

    assert [result.outcome.value for result in _two_writers()] == ["saved", "saved"]


CALCULATING = {
    "sections": [
        {
            "id": "s1",
            "title": "職員",
            "questions": [
                {"id": "m", "type": "number", "label": "男", "required": False},
                {"id": "f", "type": "number", "label": "女", "required": False},
                {
                    "id": "all",
                    "type": "calculated",
                    "label": "計",
                    "required": False,
                    "formula": {"sum": [{"q": "m"}, {"q": "f"}]},
                },
            ],
        }
    ],
    "rules": [],
}


def test_a_calculated_number_is_stored_with_the_answer_that_changes_it() -> None:
    asked = assignment(document=CALCULATING)
    person = person_at(asked.organization)

    answer(asked, person, m="3")
    answer(asked, person, f="4", m="3")
    answer(asked, person, f="4")
    answer(asked, person, m="")

    all_of_them = asked.answers.get(field="all")
    assert (all_of_them.value, all_of_them.revision) == (None, 2)
    assert all_of_them.origin == Origin.CALCULATED
    before = asked.past_answers.filter(field="all").values_list("value", flat=True)
    assert list(before) == [7]


def test_nobody_types_a_calculated_number() -> None:
    asked = assignment(document=CALCULATING)

    results = save_answers(asked, by=person_at(asked.organization), changes={"all": ("7", 0)})

    assert results["all"].outcome is Outcome.REFUSED
    assert asked.answers.count() == 0


def test_a_returned_response_stays_returned_while_it_is_mended() -> None:
    asked = assignment()
    person = person_at(asked.organization)
    answer(asked, person, staff="3")
    Assignment.objects.filter(pk=asked.pk).update(state=AssignmentState.RETURNED)

    answer(asked, person, staff="4")

    asked.refresh_from_db()
    assert asked.state == AssignmentState.RETURNED
