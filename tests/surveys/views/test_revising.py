from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from surveys.models import Survey
from surveys.states import AssignmentState
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import DOCUMENT, assignment_of, draft_survey, running_survey, submitted

pytestmark = pytest.mark.django_db


def page_of(survey: Survey, name: str = "survey") -> str:
    return reverse(f"surveys:{name}", args=[survey.pk])


def approver_of(survey: Survey) -> User:
    return person_at(survey.division, Role.APPROVER)


def begin(client: Client, survey: Survey, change: dict[str, Any] | None = None) -> None:
    """A revision by the drafter whose question ``form`` is changed, or removed."""
    client.force_login(survey.created_by)
    client.post(page_of(survey, "revision_new"), {"reason": "誤記があったため。"})
    document = deepcopy(DOCUMENT)
    questions = document["sections"][0]["questions"]
    form = next(question for question in questions if question["id"] == "form")
    if change is None:
        questions.remove(form)
    else:
        form.update(change)
    survey.revisions.filter(number=2).update(document=document)


def test_it_begins_with_a_reason_and_the_page_leads_on(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)

    before = client.get(page_of(survey)).context
    refused = client.post(page_of(survey, "revision_new"), {"reason": ""})
    client.post(page_of(survey, "revision_new"), {"reason": "誤記"})
    after = client.get(page_of(survey)).context

    assert refused.context["form"].errors == {"reason": ["改訂の理由を入力してください。"]}
    assert (before["can_revise"], before["revision"]) == (True, None)
    assert (after["can_revise"], after["revision"].number) == (False, 2)
    assert client.get(page_of(survey, "revision_new")).headers["Location"] == page_of(survey)


def test_each_harmful_change_is_shown_with_what_it_touches(client: Client) -> None:
    village, town = OrganizationFactory.create_batch(2)
    survey = running_survey(village, town)
    submitted(assignment_of(survey, village), form="1")
    begin(client, survey)
    client.force_login(approver_of(survey))

    context = client.get(page_of(survey, "revision_publication")).context

    ((effect, organizations),) = context["rows"]
    assert (effect.change.label, effect.change.text) == ("運営の形", "削除します。")
    assert (effect.answers, organizations, context["returned"]) == (1, 1, 1)
    assert list(context["form"].fields) == ["confirmed", "until", "mark"]


def test_publishing_harmful_changes_needs_a_word_and_a_day(client: Client) -> None:
    village = OrganizationFactory.create()
    survey = running_survey(village)
    submitted(assignment_of(survey, village), form="1")
    begin(client, survey)
    client.force_login(approver_of(survey))
    page = page_of(survey, "revision_publication")
    mark = client.get(page).context["form"]["mark"].value()

    refused = client.post(page, {"mark": mark, "until": "あした"}).context["form"]
    client.post(page, {"mark": mark, "confirmed": "on", "until": "令和19年1月12日"})

    assert refused.errors == {
        "confirmed": ["「回答への影響を確かめました」にチェックを入れてください。"],
        "until": ["日付は「令和8年11月23日」「R8.11.23」「2026-11-23」のように入力してください。"],
    }
    assert assignment_of(survey, village).state == AssignmentState.RETURNED


def test_harmless_changes_are_published_with_one_press(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    begin(client, survey, {"label": "運営の形態"})
    client.force_login(approver_of(survey))
    page = page_of(survey, "revision_publication")
    form = client.get(page).context["form"]

    response = client.post(page, {"mark": form["mark"].value()}, follow=True)

    assert list(form.fields) == ["mark"]
    assert [str(m) for m in response.context["messages"]] == ["改訂した調査票を公開しました。"]
    assert survey.revisions.filter(published_at__isnull=False).count() == 2


def test_the_writer_sees_the_changes_and_can_not_publish(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    begin(client, survey)

    context = client.get(page_of(survey, "revision_publication")).context

    assert context["can_publish"] is False
    sent = {"mark": context["form"]["mark"].value(), "confirmed": "on"}
    assert client.post(page_of(survey, "revision_publication"), sent).status_code == 403
    assert survey.revisions.filter(published_at__isnull=False).count() == 1


def test_the_writer_asks_for_its_publication(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    begin(client, survey)
    approver_of(survey)
    page = page_of(survey, "revision_publication")
    shown = client.get(page)

    response = client.post(
        page_of(survey, "revision_request"), {"mark": shown.context["mark"]}, follow=True
    )

    after = client.get(page)
    assert [str(m) for m in response.context["messages"]] == [
        "決裁者に公開を求めました。メールでも知らせています。"
    ]
    assert after.context["asked_by"].actor == survey.created_by
    pressed = "決裁者に公開を求める"
    assert (pressed in shown.text, pressed in after.text) == (True, False)


def test_publication_of_nothing_is_not_offered(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)
    client.post(page_of(survey, "revision_new"), {"reason": "誤記"})

    page = client.get(page_of(survey, "revision_publication"))

    assert (page.context["has_changes"], page.context["can_ask"]) == (False, True)
    assert "決裁者に公開を求める" not in page.text


def test_a_faulty_revision_says_why(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    begin(client, survey)
    survey.revisions.filter(number=2).update(document={"sections": [], "rules": []})
    client.force_login(approver_of(survey))

    context = client.get(page_of(survey, "revision_publication")).context

    assert context["flaws"].startswith("調査票に誤りがあるため、公開できません。")


def test_it_is_given_up(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    begin(client, survey)
    page = page_of(survey, "revision_discard")

    asked = client.get(page).context["revision"]
    kept = survey.revisions.count()
    client.post(page)

    assert (asked.number, kept, survey.revisions.count()) == (2, 2, 1)


def test_nothing_is_revised_before_it_opens(client: Client) -> None:
    survey = draft_survey()
    client.force_login(survey.created_by)

    for name in ("revision_new", "revision_publication"):
        assert client.get(page_of(survey, name)).headers["Location"] == page_of(survey)


@pytest.mark.parametrize("size", [1, 3])
def test_the_changes_cost_the_same_for_one_and_for_three(
    client: Client, size: int, django_assert_num_queries: Any
) -> None:
    villages = OrganizationFactory.create_batch(size)
    survey = running_survey(*villages)
    for village in villages:
        submitted(assignment_of(survey, village), form="1")
    begin(client, survey)
    client.force_login(approver_of(survey))

    with django_assert_num_queries(14):
        client.get(page_of(survey, "revision_publication"))


def test_the_builder_writes_the_revision_in_hand(client: Client) -> None:
    survey = running_survey(OrganizationFactory.create())
    client.force_login(survey.created_by)
    client.post(page_of(survey, "revision_new"), {"reason": "誤記"})
    builder = client.get(page_of(survey, "questionnaire"))

    client.post(
        page_of(survey, "questionnaire_steps"),
        {"do": "down staff", "revision": builder.context["revision"].edit},
    )

    assert 'id="card-staff"' in builder.text
    first, second = survey.revisions.order_by("number")
    asked = [question["id"] for question in second.document["sections"][0]["questions"]]
    assert asked[:2] == ["desk", "staff"]
    assert first.document == DOCUMENT
