from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.states import Role
from notices.actions.receiving import acknowledge
from onepublic.calendar.due import coming, due_between, late
from surveys.models import Assignment, Survey
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    person_at,
)
from tests.factories.notices import a_draft, published
from tests.factories.surveys import assignment_of, draft_survey, running_survey, submitted

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


def test_a_town_sees_its_own_notices_and_surveys_of_the_month_in_order() -> None:
    town, other = OrganizationFactory.create_batch(2)
    published(to=[town], title="月初", due_on=FIRST)
    published(to=[town], title="月末", due_on=LAST)
    published(to=[town], title="翌月", due_on=date(2027, 1, 1))
    published(to=[town], title="期限なし")
    published(to=[other], title="他の村", due_on=FIRST)
    running_survey(town, title="町への調査", due_on=date(2026, 12, 11))
    running_survey(other, title="他の村への調査", due_on=date(2026, 12, 11))

    found = due_between(person_at(town), FIRST, LAST)

    assert [(due.kind, due.title, due.state) for due in found] == [
        ("通知", "月初", "未確認"),
        ("調査", "町への調査", "未着手"),
        ("通知", "月末", "未確認"),
    ]


def test_what_is_done_is_settled_and_no_longer_owed() -> None:
    town = OrganizationFactory.create()
    officer = person_at(town)
    acknowledge(published(to=[town], due_on=FIRST), by=officer)
    submitted(assignment_of(running_survey(town, due_on=LAST), town), officer)
    published(to=[town], title="未確認の通知", due_on=LAST)

    found = due_between(officer, FIRST, LAST)

    assert [(due.state, due.settled) for due in found] == [
        ("確認済み", True),
        ("未確認", False),
        ("提出済み", True),
    ]
    assert [due.title for due in coming(officer, at_most=5)] == ["未確認の通知"]


def test_a_closed_survey_that_was_not_answered_is_settled_and_says_so() -> None:
    town = OrganizationFactory.create()
    survey = running_survey(town, due_on=LAST)
    Survey.objects.filter(pk=survey.pk).update(state="closed", closed_at=survey.opened_at)

    [due] = due_between(person_at(town), FIRST, LAST)

    assert (due.state, due.settled) == ("受付終了", True)


def test_more_time_moves_a_survey_to_its_new_day_for_this_town_alone() -> None:
    town, other = OrganizationFactory.create_batch(2)
    survey = running_survey(town, other, opens_on=in_days(-9), due_on=in_days(-1))
    Assignment.objects.filter(organization=town).update(extended_to=in_days(2))
    officer = person_at(town)

    found = due_between(officer, in_days(-1), in_days(2))

    assert [due.day for due in found] == [in_days(2)]
    assert [due.title for due in coming(officer, at_most=5)] == [survey.title]
    assert [due.title for due in late(person_at(other), at_most=5)] == [survey.title]
    assert late(officer, at_most=5) == []


def test_a_prefecture_sees_a_survey_of_its_area_once() -> None:
    prefecture = PrefectureFactory.create()
    town = OrganizationFactory.create(prefecture=prefecture)
    survey = running_survey(town, title="市町村への調査", due_on=LAST)
    both = running_survey(town, prefecture, title="県と市町村への調査", due_on=LAST)
    running_survey(OrganizationFactory.create(), due_on=LAST)

    found = due_between(person_at(prefecture), FIRST, LAST)

    assert [(due.title, due.url) for due in found] == [
        ("市町村への調査", f"/surveys/managed/{survey.pk}/"),
        ("県と市町村への調査", f"/surveys/assignments/{assignment_of(both, prefecture).pk}/"),
    ]


def test_the_ministry_sees_what_its_own_division_has_published_and_opened() -> None:
    division, town = DivisionFactory.create(), OrganizationFactory.create()
    published(to=[town], division=division, title="課の通知", due_on=FIRST)
    published(to=[town], title="他課の通知", due_on=FIRST)
    a_draft(division=division, due_on=FIRST)
    running_survey(town, division=division, title="課の調査", due_on=LAST)
    draft_survey(town, division=division, due_on=LAST)
    running_survey(town, title="他課の調査", due_on=LAST)

    found = due_between(person_at(division, Role.VIEWER), FIRST, LAST)

    assert [(due.title, due.state) for due in found] == [
        ("課の通知", "発出済み"),
        ("課の調査", "受付中"),
    ]


def test_what_is_coming_is_cut_at_the_later_end() -> None:
    town = OrganizationFactory.create()
    for days in (3, 0, 2):
        published(to=[town], title=f"{days}日後", due_on=in_days(days))
    running_survey(town, title="1日後", opens_on=in_days(0), due_on=in_days(1))

    found = coming(person_at(town), at_most=3)

    assert [due.title for due in found] == ["0日後", "1日後", "2日後"]


def test_what_is_late_stands_apart_with_the_last_due_date_first() -> None:
    town = OrganizationFactory.create()
    officer = person_at(town)
    for days in (3, 1, 4):
        published(to=[town], title=f"{days}日超過", due_on=in_days(-days))
    running_survey(town, title="2日超過", opens_on=in_days(-9), due_on=in_days(-2))
    acknowledge(published(to=[town], title="確認済み", due_on=in_days(-1)), by=officer)
    published(to=[town], title="今日まで", due_on=in_days(0))

    assert [due.title for due in late(officer, at_most=3)] == ["1日超過", "2日超過", "3日超過"]
    assert [due.title for due in coming(officer, at_most=3)] == ["今日まで"]


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
