from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Division, User
from accounts.states import Role
from surveys.actions import keep_question, keep_template
from surveys.models import BankQuestion, QuestionnaireTemplate, Survey
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.surveys import draft_survey
from tests.surveys.views.test_frame import NEW, typed

pytestmark = pytest.mark.django_db
LIST = "/surveys/managed/templates/"
BANK = "/surveys/managed/bank/"


def kept(division: Division, name: str = "年次の調査", *, shared: bool = False) -> Any:
    survey = draft_survey(division=division)
    return keep_template(survey.revisions.get(), by=survey.created_by, name=name, shared=shared)


def banked(division: Division, *, shared: bool = False) -> BankQuestion:
    survey = draft_survey(division=division)
    revision = survey.revisions.get()
    return keep_question(
        revision, "staff", by=survey.created_by, definition="4月1日現在", shared=shared
    )


@pytest.fixture
def drafter(client: Client) -> User:
    """Signed in."""
    person = person_at(DivisionFactory.create(), Role.DRAFTER)
    client.force_login(person)
    return person


def division_of(person: User) -> Division:
    return person.active_memberships[0].division


def page_of(template: QuestionnaireTemplate) -> str:
    return reverse("surveys:template", args=[template.pk])


def test_own_and_shared_templates_are_listed_the_newest_first(
    client: Client, drafter: User
) -> None:
    own = kept(division_of(drafter))
    kept(DivisionFactory.create(), "他の課のもの")
    shared = kept(DivisionFactory.create(), "共有のもの", shared=True)

    rows = client.get(LIST).context["page"].rows

    assert [(row.name, row.count) for row in rows] == [(shared.name, 9), (own.name, 9)]


@pytest.mark.parametrize("address", [LIST, BANK])
def test_empty_lists_say_what_to_do(client: Client, drafter: User, address: str) -> None:
    page = client.get(address).content.decode()

    assert "まだありません" in page
    assert "調査票の作成の画面で" in page


@pytest.mark.parametrize("size", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(
    client: Client, drafter: User, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        kept(division_of(drafter))
        banked(division_of(drafter))

    with django_assert_num_queries(6):
        page = client.get(LIST)
    with django_assert_num_queries(6):
        bank = client.get(BANK)

    assert len(page.context["page"].rows) == size
    assert len(bank.context["rows"]) == size


def test_a_template_shows_its_questions_and_its_rules(client: Client, drafter: User) -> None:
    page = client.get(page_of(kept(division_of(drafter)))).content.decode()

    assert "職員数" in page
    assert "回答の確認規則" in page
    assert "このひな形を取りやめる" in page


def test_what_others_share_is_only_looked_at(client: Client, drafter: User) -> None:
    template = kept(DivisionFactory.create(), shared=True)

    page = client.get(page_of(template)).content.decode()
    response = client.post(page_of(template), {"name": "別"})

    assert "このひな形を取りやめる" not in page
    assert response.status_code == 403


def test_it_is_renamed_and_shared(client: Client, drafter: User) -> None:
    template = kept(division_of(drafter))
    sent = {"name": "毎年の調査", "shared": "on", "seen_name": "年次の調査"}

    response = client.post(page_of(template), sent)

    template.refresh_from_db()
    assert response.status_code == 302
    assert (template.name, template.is_shared) == ("毎年の調査", True)


def test_what_was_typed_over_a_change_of_another_stays_and_is_then_a_decision(
    client: Client, drafter: User
) -> None:
    template = kept(division_of(drafter))
    QuestionnaireTemplate.objects.update(name="同僚の名称")
    sent = {"name": "私の名称", "seen_name": "年次の調査"}

    refused = client.post(page_of(template), sent)
    form = refused.context["form"]
    again = client.post(page_of(template), {**sent, "seen_name": form["seen_name"].value()})

    template.refresh_from_db()
    assert (refused.status_code, form["name"].value()) == (409, "私の名称")
    assert (again.status_code, template.name) == (302, "私の名称")


def test_a_name_is_needed(client: Client, drafter: User) -> None:
    template = kept(division_of(drafter))

    response = client.post(page_of(template), {"name": " ", "seen_name": template.name})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]


def test_a_retired_template_leaves_the_list(client: Client, drafter: User) -> None:
    template = kept(division_of(drafter))

    response = client.post(page_of(template) + "retirement/")

    assert response.headers["Location"] == LIST
    assert client.get(LIST).context["page"].rows == []
    assert client.get(page_of(template)).status_code == 404


def test_a_survey_is_begun_from_a_template(client: Client, drafter: User) -> None:
    template = kept(division_of(drafter))
    address = f"{NEW}?template={template.pk}"

    banner = client.get(address).content.decode()
    client.post(address, typed(division=division_of(drafter).pk))

    survey = Survey.objects.get(title="相談窓口の調査")
    assert "年次の調査の設問から始めます。" in banner
    assert survey.revisions.get().document["sections"] == template.document["sections"]


def test_a_template_of_another_division_of_one_s_own_is_refused_at_the_division(
    client: Client, drafter: User
) -> None:
    first, other = division_of(drafter), DivisionFactory.create()
    template = kept(other)
    drafter.memberships.create(division=other, roles=[Role.DRAFTER])

    sent = typed(division=first.pk)
    response = client.post(f"{NEW}?template={template.pk}", sent)

    assert list(response.context["form"].errors) == ["division"]
    assert not Survey.objects.filter(title="相談窓口の調査").exists()


def test_a_template_that_is_not_offered_is_not_found(client: Client, drafter: User) -> None:
    template = kept(DivisionFactory.create())

    assert client.get(f"{NEW}?template={template.pk}").status_code == 404
    assert client.get(f"{NEW}?template=x").status_code == 404


def test_the_bank_is_searched_and_a_question_of_one_s_own_is_retired(
    client: Client, drafter: User
) -> None:
    own = banked(division_of(drafter))
    banked(DivisionFactory.create())
    shared = banked(DivisionFactory.create(), shared=True)

    rows = client.get(BANK).context["rows"]
    found = client.get(f"{BANK}?q=避難所").context["rows"]
    client.post(f"{BANK}{own.pk}/retirement/")

    assert [(row.pk, mine) for row, _, mine in rows] == [(shared.pk, False), (own.pk, True)]
    assert found == []
    assert [row.pk for row, *_ in client.get(BANK).context["rows"]] == [shared.pk]


def test_what_another_division_shares_is_not_retired(client: Client, drafter: User) -> None:
    shared = banked(DivisionFactory.create(), shared=True)

    response = client.post(f"{BANK}{shared.pk}/retirement/")

    assert response.status_code == 403
    assert BankQuestion.objects.get().retired_at is None
