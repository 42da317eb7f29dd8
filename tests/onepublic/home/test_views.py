from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from notices.actions.receiving import acknowledge
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    UserFactory,
    person_at,
)
from tests.factories.notices import a_draft, in_review, published
from tests.factories.surveys import assignment_of, running_survey

pytestmark = pytest.mark.django_db
HOME = reverse("home")


def test_a_town_sees_what_waits_for_it_and_nothing_of_others(client: Client) -> None:
    town, other = OrganizationFactory.create_batch(2)
    notice = published(to=[town], title="町への通知", due_on=date(2026, 12, 1))
    published(to=[other], title="他の村への通知")
    survey = running_survey(town, title="町への調査")
    running_survey(other, title="他の村への調査")
    client.force_login(person_at(town))

    page = client.get(HOME)

    assert [(due.title, due.url) for due in page.context["coming"]] == [
        ("町への通知", f"/notices/{notice.pk}/"),
        ("町への調査", f"/surveys/assignments/{assignment_of(survey, town).pk}/"),
    ]
    assert [delivery.notice for delivery in page.context["newest"]] == [notice]
    assert "他の村" not in page.content.decode()
    assert "管内の" not in page.content.decode()


def test_late_duties_stand_behind_those_that_can_be_done_in_time(client: Client) -> None:
    town = OrganizationFactory.create()
    published(to=[town], title="遅れた通知", due_on=date(2026, 1, 5))
    running_survey(town, title="遅れた調査", opens_on=date(2026, 1, 5), due_on=date(2026, 1, 9))
    client.force_login(person_at(town))

    page = client.get(HOME)

    assert page.context["coming"] == []
    assert [due.title for due in page.context["late"]] == ["遅れた調査", "遅れた通知"]
    assert '期限を過ぎたもの<span class="due-late">（2件）' in page.content.decode()


def test_new_notices_say_whether_they_were_read_and_acknowledged(client: Client) -> None:
    town = OrganizationFactory.create()
    officer = person_at(town)
    done, new = published(to=[town]), published(to=[town])
    client.force_login(officer)
    client.get(reverse("notices:detail", args=[done.pk]))
    acknowledge(done, by=officer)

    page = client.get(HOME)

    newest = page.context["newest"]
    assert [(one.notice, one.is_read, one.acknowledged_at is None) for one in newest] == [
        (new, False, True),
        (done, True, False),
    ]


def test_a_prefecture_sees_its_own_duties_and_the_state_of_its_area(client: Client) -> None:
    prefecture = PrefectureFactory.create()
    town = OrganizationFactory.create(prefecture=prefecture)
    notice, survey = published(to=[town, prefecture]), running_survey(town)
    client.force_login(person_at(prefecture))

    page = client.get(HOME)

    text = page.content.decode()
    assert [card.count for card in page.context["cards"]] == [1, 0, 1, 0]
    assert f'href="/notices/{notice.pk}/deliveries/?show=unopened">未開封 2団体' in text
    assert f'href="/surveys/managed/{survey.pk}/organizations/?state=owing">未提出 1団体' in text


def test_an_approver_sees_what_waits_in_the_own_division(client: Client) -> None:
    town = OrganizationFactory.create()
    own, other = DivisionFactory.create_batch(2)
    waiting = in_review(to=[town], division=own)
    a_draft(division=own)
    in_review(to=[town], division=other)
    client.force_login(person_at(own, Role.APPROVER))

    page = client.get(HOME)

    assert [version.notice for version in page.context["approvals"]] == [waiting]
    assert page.content.decode().count('id="approvals"') == 1


def test_a_viewer_of_the_ministry_sees_what_is_live_and_no_drafts(client: Client) -> None:
    division = DivisionFactory.create()
    in_review(to=[OrganizationFactory.create()], division=division)
    notice = published(to=[OrganizationFactory.create()], division=division)
    client.force_login(person_at(division, Role.VIEWER))

    page = client.get(HOME)

    assert list(page.context["approvals"]) == []
    assert [rate.notice for rate in page.context["live"].notices] == [notice]


def test_an_administrator_sees_the_people_of_the_organization(client: Client) -> None:
    town = OrganizationFactory.create()
    officer, administrator = person_at(town), person_at(town, Role.ORG_ADMIN)
    client.force_login(administrator)

    page = client.get(HOME)

    assert [place.person for place in page.context["places"]] == [administrator.name, officer.name]
    assert "すべての利用者を見る（2人）" in page.content.decode()


def test_a_person_without_a_place_is_told_so(client: Client) -> None:
    client.force_login(UserFactory.create())

    assert "現在の所属がありません" in client.get(HOME).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_town_takes_the_same_queries_however_much_waits(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    town = OrganizationFactory.create()
    for _ in range(count):
        published(to=[town], due_on=date(2026, 12, 1))
        running_survey(town)
    client.force_login(person_at(town))

    with django_assert_num_queries(17):
        client.get(HOME)


@pytest.mark.parametrize("count", [1, 3])
def test_a_prefecture_takes_the_same_queries_however_much_its_area_owes(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    town = OrganizationFactory.create()
    assert town.prefecture
    for _ in range(count):
        published(to=[town, town.prefecture])
        running_survey(town, town.prefecture)
    client.force_login(person_at(town.prefecture))

    with django_assert_num_queries(21):
        client.get(HOME)


@pytest.mark.parametrize("count", [1, 3])
def test_the_ministry_takes_the_same_queries_however_much_is_live(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    division, town = DivisionFactory.create(), OrganizationFactory.create()
    for _ in range(count):
        in_review(to=[town], division=division)
        published(to=[town], division=division)
        running_survey(town, division=division)
    client.force_login(person_at(division))

    with django_assert_num_queries(17):
        client.get(HOME)
