import pytest

from accounts.states import Kind
from surveys.compilation.groups import KIND, PREFECTURE
from surveys.models import Assignment
from surveys.responses import questionnaire_of
from surveys.results.choosing import columns_of, releasable
from surveys.results.counting import Count, counted, latest_revision
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.releases import closed_survey, towns
from tests.factories.surveys import answer, assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


def test_it_counts_the_nation_each_kind_and_each_prefecture() -> None:
    here, there = (PrefectureFactory.create(code=code) for code in ("130001", "140007"))
    places = [
        OrganizationFactory.create(prefecture=here, kind=Kind.TOWN),
        OrganizationFactory.create(prefecture=here, kind=Kind.VILLAGE),
        OrganizationFactory.create(prefecture=there, kind=Kind.TOWN),
    ]

    found = counted(closed_survey(2, 5, 9, organizations=places), ["staff", "desk"])

    staff, desk = found.columns
    assert (found.asked, found.handed_in) == (3, 3)
    assert [size for _, size in found.groups[PREFECTURE]] == [2, 1]
    assert [size for _, size in found.groups[KIND]] == [2, 1]
    assert staff.nation == Count(3, (), (3.5, 5.0, 7.0))
    assert staff.divisions[PREFECTURE] == [
        Count(2, (), (2.75, 3.5, 4.25)),
        Count(1, (), (9.0, 9.0, 9.0)),
    ]
    assert (desk.options, desk.nation) == (("はい", "いいえ"), Count(3, (0, 3), None))


def test_what_is_not_handed_in_or_was_succeeded_counts_nowhere() -> None:
    drafting, *places = towns(3)
    survey = running_survey(drafting, *places)
    answer(assignment_of(survey, drafting), person_at(drafting), staff="7")
    first, second = (submitted(assignment_of(survey, place), staff="5") for place in places)
    Assignment.objects.filter(pk=first.pk).update(succeeded_by=second)

    found = counted(survey, ["staff"])

    assert (found.asked, found.handed_in) == (2, 1)
    assert found.columns[0].nation == Count(1, (), (5.0, 5.0, 5.0))


def test_who_was_not_shown_a_question_has_not_answered_it() -> None:
    found = counted(closed_survey(2, 5), ["cases"])

    assert [each.nation for each in found.columns] == [Count(0, (), None)] * 4


def test_texts_files_and_dates_are_not_counted() -> None:
    questionnaire = questionnaire_of(latest_revision(closed_survey(2)))

    offered = {section.id: [q.id for q in asked] for section, asked in releasable(questionnaire)}

    assert offered == {"s1": ["staff", "desk", "form", "ways"], "s2": ["cases"]}
    assert columns_of(questionnaire, ["name", "since", "plan", "note"]) == []


def test_the_text_beside_an_option_is_not_counted() -> None:
    questionnaire = questionnaire_of(latest_revision(closed_survey(2)))

    assert [column.key for column in columns_of(questionnaire, ["form"])] == ["form"]
