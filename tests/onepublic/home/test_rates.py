import pytest

from accounts.states import Role
from notices.actions.receiving import acknowledge, open_delivery
from onepublic.home.rates import NoticeRate, SurveyRate, rates_of_area, rates_of_ministry
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.notices import published
from tests.factories.surveys import assignment_of, draft_survey, running_survey, submitted

pytestmark = pytest.mark.django_db


def test_a_prefecture_and_its_bureau_count_their_area_alone() -> None:
    bureau = RegionalBureauFactory.create()
    prefecture = PrefectureFactory.create(regional_bureau=bureau)
    inside, also_inside = OrganizationFactory.create_batch(2, prefecture=prefecture)
    outside = OrganizationFactory.create()
    notice = published(to=[inside, also_inside, outside])
    survey = running_survey(inside, also_inside, outside)
    published(to=[outside])
    running_survey(outside)
    acknowledge(notice, by=person_at(inside))
    acknowledge(notice, by=person_at(outside))
    submitted(assignment_of(survey, inside))
    submitted(assignment_of(survey, outside))

    for person in (person_at(prefecture), person_at(bureau)):
        rates = rates_of_area(person)
        assert rates.notices == [NoticeRate(notice, 2, 1, 1, 1)]
        assert rates.surveys == [SurveyRate(survey, 2, 1)]


def test_what_remains_is_what_was_sent_less_what_was_done() -> None:
    division, town = DivisionFactory.create(), OrganizationFactory.create()
    others = OrganizationFactory.create_batch(2)
    notice = published(to=[town, *others], division=division)
    open_delivery(notice, by=person_at(town))
    running_survey(town, *others, division=division)

    rates = rates_of_ministry(person_at(division, Role.VIEWER))

    assert [(rate.unopened, rate.owing) for rate in rates.notices] == [(2, 3)]
    assert [rate.owing for rate in rates.surveys] == [3]


def test_a_division_sees_its_own_and_another_without_any_sees_the_ministrys() -> None:
    town, division = OrganizationFactory.create(), DivisionFactory.create()
    own, foreign = published(to=[town], division=division), published(to=[town])
    survey = running_survey(town)
    draft_survey(town, division=division)

    mine = rates_of_ministry(person_at(division, Role.VIEWER))
    everybodys = rates_of_ministry(person_at(DivisionFactory.create(), Role.VIEWER))

    assert (mine.own, [rate.notice for rate in mine.notices], mine.surveys) == (True, [own], [])
    assert (everybodys.own, [rate.notice for rate in everybodys.notices]) == (False, [foreign, own])
    assert [rate.survey for rate in everybodys.surveys] == [survey]
