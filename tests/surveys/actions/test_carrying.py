import pytest

from accounts.states import Role
from onepublic.audit.models import AuditEvent
from onepublic.core.errors import Refused
from surveys.actions import (
    carry_over,
    confirm_carried,
    hand_section,
    mark_section,
    save_answers,
    submit,
)
from surveys.models import Assignment
from surveys.responses import load_response, previous_values
from surveys.states import AssignmentState, Origin
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.surveys import answer, assignment
from tests.surveys.rounds import second_round

pytestmark = pytest.mark.django_db
REVISIONS = {"staff": 1, "form": 1, "name": 1}


def stored(asked: Assignment) -> dict[str, tuple[object, str]]:
    """Values and origins by field."""
    rows = asked.answers.values_list("field", "value", "origin")
    return {field: (value, origin) for field, value, origin in rows}


def test_it_puts_in_what_may_be_taken_over_and_marks_it() -> None:
    asked = second_round()

    count = carry_over(asked, by=person_at(asked.organization))

    assert count == 3
    assert stored(asked) == {
        "staff": (10, Origin.CARRIED),
        "form": ("1", Origin.CARRIED),
        "name": ("相談窓口", Origin.CARRIED),
    }
    assert load_response(asked).unconfirmed == ["staff", "form", "name"]
    assert AuditEvent.objects.get(action="answers.carried").detail == {"count": 3}


def test_what_is_answered_already_stays() -> None:
    asked = second_round()
    person = person_at(asked.organization)
    answer(asked, person, staff="12")

    carry_over(asked, by=person)

    assert stored(asked)["staff"] == (12, Origin.TYPED)


def test_a_second_time_there_is_nothing_to_put_in() -> None:
    asked = second_round()
    person = person_at(asked.organization)
    carry_over(asked, by=person)

    with pytest.raises(Refused, match="前回の値を入れられる項目はありません。"):
        carry_over(asked, by=person)


@pytest.mark.parametrize(
    ("changed", "left_out"), [({"unit": "千人"}, "staff"), ({"form": "3"}, "form")]
)
def test_a_value_that_would_mean_something_else_is_left_out(
    changed: dict[str, str], left_out: str
) -> None:
    asked = second_round(rules=[], **changed)

    carry_over(asked, by=person_at(asked.organization))

    assert set(stored(asked)) == {"staff", "form", "name"} - {left_out}


def test_without_a_previous_round_nothing_is_carried() -> None:
    asked = assignment()

    with pytest.raises(Refused):
        carry_over(asked, by=person_at(asked.organization))

    assert previous_values(asked) is None


def test_what_was_never_handed_in_is_no_previous_value() -> None:
    asked = second_round()
    before = Assignment.objects.filter(survey=asked.survey.previous_id)
    before.update(
        state=AssignmentState.DRAFTING, submitted_at=None, submitted_by=None, receipt_number=None
    )

    assert previous_values(asked) is None


def test_unconfirmed_values_hold_up_submitting_and_the_mark_of_the_part() -> None:
    asked = second_round()
    person = person_at(asked.organization)
    carry_over(asked, by=person)

    with pytest.raises(Refused, match="前回の値のままの項目が確認されていないため"):
        submit(asked, by=person)
    with pytest.raises(Refused, match="3件"):
        mark_section(asked, "s1", done=True, by=person)


def test_confirmed_values_are_this_rounds_own() -> None:
    asked = second_round()
    person = person_at(asked.organization)
    carry_over(asked, by=person)

    count = confirm_carried(asked, by=person, seen=REVISIONS)

    assert count == 3
    assert {origin for _, origin in stored(asked).values()} == {Origin.TYPED}
    assert not asked.past_answers.exists()
    assert AuditEvent.objects.get(action="answers.confirmed").detail == {
        "fields": ["staff", "form", "name"]
    }
    assert submit(asked, by=person)


def test_a_value_that_was_not_seen_is_not_confirmed() -> None:
    asked = second_round()
    person = person_at(asked.organization)
    carry_over(asked, by=person)

    assert confirm_carried(asked, by=person, seen={"staff": 0, "name": 2, "x": 1}) == 0
    assert load_response(asked).unconfirmed == ["staff", "form", "name"]


@pytest.mark.parametrize("typed", ["10", "11"])
def test_typing_confirms_also_when_it_is_the_same_value(typed: str) -> None:
    asked = second_round()
    person = person_at(asked.organization)
    carry_over(asked, by=person)

    save_answers(asked, by=person, changes={"staff": (typed, 1)})

    assert stored(asked)["staff"] == (int(typed), Origin.TYPED)
    assert load_response(asked).unconfirmed == ["form", "name"]


def test_sections_of_another_division_are_left_to_it() -> None:
    asked = second_round()
    division = DivisionFactory.create(organization=asked.organization)
    gatherer = person_at(asked.organization)
    hand_section(asked, "s1", to=division, note="", by=gatherer)
    with pytest.raises(Refused):
        carry_over(asked, by=gatherer)
    officer = person_at(division, Role.DRAFTER)

    carry_over(asked, by=officer)

    assert confirm_carried(asked, by=gatherer, seen=REVISIONS) == 0
    assert confirm_carried(asked, by=officer, seen=REVISIONS) == 3


def test_rules_see_the_previous_round() -> None:
    rule = {
        "id": "jump",
        "level": "warning",
        "left": {"change_rate": {"q": "staff"}},
        "op": "le",
        "right": {"const": 0.3},
        "message": "前回から3割を超えて変わっています。",
    }
    asked = second_round(rules=[rule])
    person = person_at(asked.organization)
    answer(asked, person, staff="13")
    calm = load_response(asked).evaluation.warnings

    answer(asked, person, staff="14")

    assert calm == ()
    assert [w.rule_id for w in load_response(asked).evaluation.warnings] == ["jump"]
