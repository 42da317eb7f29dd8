from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.states import Role
from surveys.actions import close_survey
from surveys.models import Assignment, Survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import running_survey

pytestmark = pytest.mark.django_db


def page_of(survey: Survey, name: str = "survey_widening") -> str:
    return reverse(f"surveys:{name}", args=[survey.pk])


def test_only_who_was_not_asked_counts_and_is_asked(client: Client) -> None:
    village, town = OrganizationFactory.create_batch(2)
    person_at(village)
    person_at(town)
    survey = running_survey(village)
    client.force_login(person_at(survey.division, Role.APPROVER))
    chosen = {"codes": [village.code, town.code]}
    revision = client.get(page_of(survey)).context["form"]["revision"].value()

    hits = client.post(page_of(survey), {**chosen, "count": "1"}).context["hits"]
    sent = client.post(page_of(survey), {**chosen, "revision": revision, "save": "1"}, follow=True)

    assert (hits["total"], hits["people"]) == (1, 1)
    assert [str(m) for m in sent.context["messages"]] == ["追加した機関に回答を依頼しました。"]
    assert sent.request["PATH_INFO"] == page_of(survey, "survey")
    asked = Assignment.objects.order_by("pk").values_list("organization", flat=True)
    assert list(asked) == [village.pk, town.pk]


def test_what_is_refused_comes_back_with_what_was_chosen(client: Client) -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    client.force_login(person_at(survey.division, Role.APPROVER))
    page = client.get(page_of(survey))
    revision = page.context["form"]["revision"].value()

    for sent, reason in (
        ({"revision": revision}, "選んだ条件に当てはまる機関には、すでに回答を依頼しています。"),
        ({"revision": "x"}, "この調査は、画面を開いたあとに変更されています。"),
    ):
        form = client.post(page_of(survey), {"codes": [village.code], "save": "1", **sent}).context[
            "form"
        ]
        assert form["codes"].value() == [village.code]
        assert form.non_field_errors()[0].startswith(reason)


def test_the_way_leads_from_the_survey_to_its_approvers_while_it_is_open(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    approver = person_at(survey.division, Role.APPROVER)
    shown = []
    for person in (approver, person_at(survey.division, Role.DRAFTER)):
        client.force_login(person)
        shown.append(client.get(page_of(survey, "survey")).context["can_widen"])
    close_survey(survey, by=survey.created_by)
    client.force_login(approver)

    assert shown == [True, False]
    assert client.get(page_of(survey)).headers["Location"] == page_of(survey, "survey")


@pytest.mark.parametrize("size", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: Any
) -> None:
    survey = running_survey(OrganizationFactory.create())
    codes = [town.code for town in OrganizationFactory.create_batch(size)]
    client.force_login(person_at(survey.division, Role.APPROVER))

    with django_assert_num_queries(12):
        client.post(page_of(survey), {"codes": codes, "count": "1"})
