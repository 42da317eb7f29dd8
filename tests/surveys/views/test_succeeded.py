from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organization, User
from accounts.states import Role
from onepublic.addresses import addresses_of_surveys
from onepublic.calendar.due import coming, due_between
from onepublic.home.cards import receiving_cards
from surveys.actions import follow_mergers
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at, window_of
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Organization:
    return OrganizationFactory.create(name="旧村")


@pytest.fixture
def city() -> Organization:
    return OrganizationFactory.create(name="新市")


@pytest.fixture
def officer(village: Organization) -> User:
    return person_at(village)


@pytest.fixture
def survey(village: Organization, city: Organization) -> Survey:
    """The village ended yesterday in the city, which answers for it."""
    found = running_survey(village, city)
    merged(found, village, city)
    return found


def merged(survey: Survey, village: Organization, city: Organization) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Organization.objects.filter(pk=village.pk).update(valid_to=yesterday, successor=city)
    follow_mergers(survey)


def also_at(place: Organization, person: User) -> User:
    Membership.objects.create(user=person, division=window_of(place), roles=[Role.DRAFTER])
    return person


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_its_pages_say_who_has_taken_over(
    client: Client, survey: Survey, village: Organization, city: Organization, officer: User
) -> None:
    client.force_login(officer)
    path = f"/surveys/assignments/{assignment_of(survey, village).pk}/"
    words = f"{city.full_name}に引き継がれました"

    pages = [page(client, path), page(client, f"{path}review/")]
    listed = page(client, "/surveys/")

    assert [words in shown for shown in [*pages, listed]] == [True, True, True]
    assert [word for word in ("あと", "申請する", "提出まで", "件</li>") if word in pages[0]] == []
    assert [word for word in ("days-left", "未着手") if word in listed] == []


def test_it_takes_nothing_any_more(
    client: Client, survey: Survey, village: Organization, officer: User
) -> None:
    client.force_login(officer)
    asked = assignment_of(survey, village)
    Assignment.objects.filter(pk=asked.pk).update(
        state=AssignmentState.AWAITING_APPROVAL, requested_by=officer, requested_at=timezone.now()
    )
    path = f"/surveys/assignments/{asked.pk}/"

    section = client.get(f"{path}sections/s1/")
    time = page(client, f"{path}extension/")
    shown = page(client, path)

    assert section.headers["Location"] == f"{path}review/"
    assert "期限の延長を申請できません" in time
    assert "決裁を待つ回答を見る" not in shown


def test_only_who_may_see_the_successors_is_led_to_it(
    client: Client, survey: Survey, village: Organization, city: Organization, officer: User
) -> None:
    path = f"/surveys/assignments/{assignment_of(survey, village).pk}/review/"
    link = f'href="/surveys/assignments/{assignment_of(survey, city).pk}/"'
    pages = []

    for person in (officer, person_at(city)):
        client.force_login(person)
        pages.append(page(client, path))

    assert [link in shown for shown in pages] == [False, True]


def test_a_receipt_says_it_too(
    client: Client, village: Organization, city: Organization, officer: User
) -> None:
    survey = running_survey(village, city)
    asked = submitted(assignment_of(survey, village))
    merged(survey, village, city)
    client.force_login(officer)

    shown = page(client, f"/surveys/assignments/{asked.pk}/receipt/")

    assert f"{city.full_name}に引き継がれました" in shown
    assert "回答を受け付けました" not in shown


def test_nothing_is_owed_for_it(
    survey: Survey, village: Organization, city: Organization, officer: User
) -> None:
    day = survey.due_on
    Survey.objects.filter(pk=survey.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    asked = assignment_of(survey, village)
    asked.survey.refresh_from_db()
    found = [
        (each.state, each.settled)
        for each in due_between(officer, asked.survey.due_on, day)
        if each.kind == "調査"
    ]

    assert found == [(f"{city.full_name}に引き継がれました", True)]
    assert [card.count for card in receiving_cards(officer) if "調査" in card.title] == [0]
    assert coming(officer, at_most=5) == []
    assert (asked.is_overdue, asked.is_awaited, asked.is_answerable) == (False, False, False)


def test_it_comes_after_what_is_still_to_do(
    survey: Survey, village: Organization, city: Organization
) -> None:
    officer = also_at(village, person_at(city))
    Assignment.objects.filter(pk=assignment_of(survey, city).pk).update(
        extended_to=survey.due_on + timedelta(days=9)
    )

    rows = Assignment.objects.for_organizations_of(officer).in_order_of_urgency()

    settled = [(row.organization, vars(row)["is_settled"]) for row in rows]
    assert settled == [(city, False), (village, True)]


def test_who_is_at_both_is_led_to_what_is_answered(
    survey: Survey, village: Organization, city: Organization
) -> None:
    officer = also_at(village, person_at(city))

    assert addresses_of_surveys(officer, [survey.pk]) == {
        survey.pk: f"/surveys/assignments/{assignment_of(survey, city).pk}/"
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(
    client: Client,
    officer: User,
    village: Organization,
    city: Organization,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    surveys = [running_survey(village, city) for _ in range(count)]
    for survey in surveys:
        merged(survey, village, city)
    client.force_login(officer)

    with django_assert_num_queries(7):
        shown = page(client, "/surveys/")

    assert shown.count("に引き継がれました") == count


def test_a_prefecture_reads_it_as_taken_over(client: Client) -> None:
    prefecture = PrefectureFactory.create()
    village, city = OrganizationFactory.create_batch(2, prefecture=prefecture)
    survey = running_survey(village, city, prefectures_read_drafts=True)
    merged(survey, village, city)
    client.force_login(person_at(prefecture))

    shown = page(client, f"/surveys/assignments/{assignment_of(survey, village).pk}/")

    assert f"{city.full_name}に引き継がれました" in shown
