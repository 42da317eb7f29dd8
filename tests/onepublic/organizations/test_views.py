from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization, User
from accounts.states import Role
from notices.actions.receiving import acknowledge
from notices.models import Notice
from tests.factories.accounts import (
    DivisionFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    UserFactory,
    person_at,
)
from tests.factories.notices import published
from tests.factories.surveys import assignment_of, running_survey

pytestmark = pytest.mark.django_db


def page_of(organization: Organization) -> str:
    return f"/organizations/{organization.code}/"


@pytest.fixture
def prefecture() -> Organization:
    return PrefectureFactory.create(regional_bureau=RegionalBureauFactory.create(name="東の厚生局"))


@pytest.fixture
def town(prefecture: Organization) -> Organization:
    return OrganizationFactory.create(
        name="高崎市", kana="たかさきし", prefecture=prefecture, has_health_center=True
    )


def test_everybody_sees_the_public_facts_and_nobody_s_name(
    client: Client, town: Organization
) -> None:
    officer = person_at(town)
    DivisionFactory.create(organization=town, name="健康課")
    published(to=[town], title="町への通知")
    client.force_login(UserFactory.create(name="通りすがり"))

    text = client.get(page_of(town)).content.decode()

    assert f"<h1>{town.full_name}</h1>" in text
    facts = ["たかさきし", town.code, "東の厚生局", "設置している", "健康課", "通知の窓口"]
    assert [fact for fact in facts if fact not in text] == []
    assert officer.name not in text
    assert "町への通知" not in text


def test_what_it_was_sent_and_asked_is_for_itself_and_who_follows_it(
    client: Client, prefecture: Organization, town: Organization
) -> None:
    other = OrganizationFactory.create(prefecture=prefecture)
    notice, survey = published(to=[town, other]), running_survey(town, other)
    acknowledge(notice, by=person_at(town))
    readers: dict[str, tuple[User, str | None]] = {
        "itself": (person_at(town), f"/surveys/assignments/{assignment_of(survey, town).pk}/"),
        "prefecture": (person_at(prefecture), f"/surveys/managed/{survey.pk}/"),
        "ministry": (person_at(DivisionFactory.create()), f"/surveys/managed/{survey.pk}/"),
        "auditor": (
            person_at(DivisionFactory.create(), Role.AUDITOR),
            f"/surveys/managed/{survey.pk}/",
        ),
        "neighbour": (person_at(other), None),
    }

    seen: dict[str, list[Notice | str | None]] = {}
    for name, (person, _) in readers.items():
        client.force_login(person)
        context = client.get(page_of(town)).context
        seen[name] = [row.notice for row in context["sent"]] + [url for _, url in context["asked"]]

    assert seen == {name: [notice, url] if url else [] for name, (_, url) in readers.items()}


def test_a_former_organization_names_its_successor_and_is_named_by_it(
    client: Client, town: Organization
) -> None:
    former = OrganizationFactory.create(
        name="群馬町", prefecture=town.prefecture, successor=town, valid_to=date(2006, 1, 22)
    )
    client.force_login(UserFactory.create())

    old, new = (client.get(page_of(one)).content.decode() for one in (former, town))

    assert "平成18年１月22日（日）に廃止されました" in old
    assert f'<a href="{page_of(town)}">{town.full_name}</a>' in old
    assert f'<a href="{page_of(former)}">{former.full_name}</a>' in new


def test_areas_lead_down_and_up(
    client: Client, prefecture: Organization, town: Organization
) -> None:
    bureau = prefecture.regional_bureau
    assert bureau
    client.force_login(UserFactory.create())

    below = [list(client.get(page_of(one)).context["area"]) for one in (bureau, prefecture, town)]

    assert below == [[prefecture], [town], []]


@pytest.mark.parametrize("code", ["999999", "'", "長" * 300])
def test_an_unknown_code_is_not_found(client: Client, code: str) -> None:
    client.force_login(UserFactory.create())

    assert client.get(f"/organizations/{code}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_the_same_queries_however_much_there_is(
    client: Client,
    town: Organization,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        published(to=[town])
        running_survey(town)
        DivisionFactory.create(organization=town)
    client.force_login(person_at(town))

    with django_assert_num_queries(12):
        page = client.get(page_of(town))

    assert (len(page.context["sent"]), len(page.context["asked"])) == (count, count)
