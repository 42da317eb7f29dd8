from datetime import timedelta

import pytest

from onepublic.core.errors import Refused
from surveys.actions import give_warning_reasons, save_answers, submit
from surveys.models import Assignment, Survey
from tests.factories.accounts import person_at
from tests.factories.surveys import COMPLETE, answer, assignment
from tests.moved_clock import set_database_time

pytestmark = pytest.mark.django_db
MILLISECOND = timedelta(milliseconds=1)


def complete(**fields: object) -> Assignment:
    asked = assignment()
    answer(asked, person_at(asked.organization), **COMPLETE)
    Survey.objects.update(**fields)
    return Assignment.objects.with_survey().get(pk=asked.pk)


@pytest.mark.parametrize(("moment", "late"), [(-MILLISECOND, False), (timedelta(), True)])
def test_the_databases_clock_decides_what_is_late(moment: timedelta, late: bool) -> None:
    asked = complete()
    set_database_time(asked.deadline + moment)
    submit(asked, by=person_at(asked.organization))

    asked.refresh_from_db()

    submission = asked.submissions.get()
    assert (asked.is_late, submission.is_late) == (late, late)
    assert asked.submitted_at == submission.submitted_at == asked.deadline + moment


def test_a_millisecond_before_the_deadline_it_is_taken() -> None:
    asked = complete(accepts_late=False)
    writer = person_at(asked.organization)
    set_database_time(asked.deadline - MILLISECOND)

    save_answers(asked, by=writer, changes={"ways": (["1"], 0)})

    assert submit(asked, by=writer) != ""


def test_at_the_deadline_nothing_is_taken_any_more() -> None:
    asked = complete(accepts_late=False)
    writer = person_at(asked.organization)
    set_database_time(asked.deadline)

    for act in (
        lambda: save_answers(asked, by=writer, changes={"ways": (["1"], 0)}),
        lambda: give_warning_reasons(asked, by=writer, reasons={"few": "理由"}),
        lambda: submit(asked, by=writer),
    ):
        with pytest.raises(Refused, match="回答期限を過ぎたため"):
            act()

    assert (asked.submissions.count(), asked.answers.filter(field="ways").count()) == (0, 0)


def test_more_time_moves_the_deadline_of_one_organization() -> None:
    asked = complete(accepts_late=False)
    Assignment.objects.update(extended_to=asked.survey.due_on + timedelta(days=3))
    set_database_time(asked.survey.deadline)

    assert submit(asked, by=person_at(asked.organization)) != ""
