import re
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organization
from surveys.actions import comment_on, pull_back, return_responses
from surveys.models import Assignment, Survey
from surveys.views.accepting import NONE_ACCEPTED
from surveys.views.compared import OTHER_BEFORE
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db
QUERIES = 12


def survey_with(handed_in: int, places: list[Organization] | None = None) -> Survey:
    """A survey of as many villages, all of which have handed in."""
    asked = places or OrganizationFactory.create_batch(handed_in)
    survey = running_survey(*asked)
    for place in asked:
        submitted(assignment_of(survey, place))
    return survey


def checks(survey: Survey) -> str:
    return f"/surveys/managed/{survey.pk}/checks/"


def states_of(survey: Survey) -> list[str]:
    return list(survey.assignments.order_by("organization__code").values_list("state", flat=True))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    survey = survey_with(count)
    client.force_login(survey.created_by)

    with django_assert_num_queries(QUERIES):
        page = client.get(checks(survey))

    assert len(page.context["rows"]) == count


def test_the_ticked_are_accepted(client: Client) -> None:
    survey = survey_with(3)
    keys = list(survey.assignments.order_by("organization__code").values_list("pk", flat=True))
    client.force_login(survey.created_by)

    page = client.post(f"{checks(survey)}acceptance/", {"response": keys[:2]}, follow=True)

    assert states_of(survey) == ["accepted", "accepted", "submitted"]
    assert "2団体の回答を受理しました。" in page.content.decode()
    assert [row.pk for row in page.context["rows"]] == keys[2:]


@pytest.mark.parametrize("where", ["", "{}/"])
def test_what_was_handed_in_anew_is_not_accepted_unread(client: Client, where: str) -> None:
    survey = survey_with(1)
    shown = survey.assignments.with_survey().get()
    client.force_login(survey.created_by)
    page = client.get(checks(survey) + where.format(shown.pk)).content.decode()
    (before,) = re.findall(r'name="before" value="([^"]+)"', page)
    pull_back(shown, by=person_at(shown.organization), reason="")
    submitted(assignment_of(survey, shown.organization), staff="99")

    sent = {"response": shown.pk, "before": before}
    answered = client.post(f"{checks(survey)}acceptance/", sent, follow=True)

    assert states_of(survey) == ["submitted"]
    assert NONE_ACCEPTED in answered.content.decode()


def test_all_of_the_filter_are_accepted(client: Client) -> None:
    here, there = OrganizationFactory.create_batch(2)
    survey = survey_with(2, [here, there])
    client.force_login(survey.created_by)

    narrowed = {"prefecture": here.prefecture_code}
    asked = client.get(f"{checks(survey)}acceptance/", narrowed)
    form = {"all": "1", "before": asked.context["now"].isoformat()}
    page = client.post(f"{checks(survey)}acceptance/", form | narrowed)

    assert "1団体の回答を受理しますか" in asked.content.decode()
    assert [each.organization for each in survey.assignments.filter(state="accepted")] == [here]
    assert page["Location"] == f"{checks(survey)}?prefecture={here.prefecture_code}"


@pytest.mark.parametrize("sent", [{"all": "1"}, {"all": "1", "before": "きのう"}])
def test_all_are_asked_about_where_no_page_has_asked(client: Client, sent: dict[str, str]) -> None:
    survey = survey_with(2)
    client.force_login(survey.created_by)

    page = client.post(f"{checks(survey)}acceptance/", sent)

    assert "2団体の回答を受理しますか" in page.content.decode()
    assert states_of(survey) == ["submitted", "submitted"]


def test_what_comes_in_after_the_question_waits(client: Client) -> None:
    survey = survey_with(2)
    client.force_login(survey.created_by)
    asked = client.get(f"{checks(survey)}acceptance/")
    later = survey.assignments.order_by("organization__code")[1]
    Assignment.objects.filter(pk=later.pk).update(submitted_at=Now())

    form = {"all": "1", "before": asked.context["now"].isoformat()}
    client.post(f"{checks(survey)}acceptance/", form)

    assert states_of(survey) == ["accepted", "submitted"]


def test_remarks_that_are_open_are_told_before_all_are_accepted(client: Client) -> None:
    survey = survey_with(2)
    one = survey.assignments.order_by("organization__code")[0]
    comment_on(one, by=survey.created_by, question_id="staff", text="多いですね。")
    client.force_login(survey.created_by)

    page = client.get(f"{checks(survey)}acceptance/")

    assert page.context["with_remarks"] == 1
    assert "対応の済んでいない指摘が残る回答があります" in page.content.decode()


def test_where_none_waits_there_is_nothing_to_accept(client: Client) -> None:
    survey = survey_with(1)
    client.force_login(survey.created_by)

    page = client.get(f"{checks(survey)}acceptance/", {"name": "ない町"}, follow=True)

    assert "受理を待つ回答はありませんでした" in page.content.decode()


def test_the_ticked_are_given_back_with_one_sentence(client: Client) -> None:
    survey = survey_with(2)
    keys = list(survey.assignments.values_list("pk", flat=True))
    client.force_login(survey.created_by)

    shown = client.post(f"{checks(survey)}returns/", {"response": keys, "choose": "1"})
    blank = client.post(f"{checks(survey)}returns/", {"response": keys, "reason": " "})
    sent = {"response": keys, "reason": "単位を確かめてください。"}
    page = client.post(f"{checks(survey)}returns/", sent, follow=True)

    assert (shown.status_code, shown.context["form"].is_bound) == (200, False)
    assert [each.pk for each in shown.context["chosen"]] == sorted(keys)
    assert (blank.status_code, list(blank.context["form"].errors)) == (422, ["reason"])
    assert states_of(survey) == ["returned", "returned"]
    assert (page.context["stage"], len(page.context["rows"])) == ("returned", 2)


@pytest.mark.parametrize("verb", ["acceptance/", "returns/"])
def test_nothing_ticked_says_so(client: Client, verb: str) -> None:
    survey = survey_with(1)
    client.force_login(survey.created_by)

    page = client.post(checks(survey) + verb, follow=True)

    assert "回答を選んでください。" in page.content.decode()
    assert states_of(survey) == ["submitted"]


def test_one_is_given_back_at_a_question(client: Client) -> None:
    survey = survey_with(1)
    response = survey.assignments.get()
    client.force_login(survey.created_by)

    said = {"reason": "確かめてください。", "remark-staff": "常勤だけですか。", "until": ""}
    client.post(f"{checks(survey)}{response.pk}/", said)
    client.force_login(person_at(response.organization))
    page = client.get(f"/surveys/assignments/{response.pk}/sections/s1/").content.decode()

    assert states_of(survey) == ["returned"]
    assert "常勤だけですか。" in page


def test_bad_input_stays_on_the_page(client: Client) -> None:
    survey = survey_with(1)
    response = survey.assignments.get()
    client.force_login(survey.created_by)

    said = {"reason": "", "remark-staff": "常勤だけですか。", "until": "そのうち"}
    page = client.post(f"{checks(survey)}{response.pk}/", said)

    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["reason", "until"]
    assert "常勤だけですか。" in page.content.decode()


def test_a_comment_leaves_it_where_it_is_and_both_sides_see_it(client: Client) -> None:
    survey = survey_with(1)
    response = survey.assignments.get()
    client.force_login(survey.created_by)
    address = f"{checks(survey)}{response.pk}/comments/"

    nothing = client.post(address, {"reason": ""})
    client.post(address, {"remark-staff": "多いですね。"})
    own = client.get(f"{checks(survey)}{response.pk}/").content.decode()
    client.force_login(person_at(response.organization))
    theirs = client.get(f"/surveys/assignments/{response.pk}/receipt/").content.decode()

    assert (nothing.status_code, states_of(survey)) == (422, ["submitted"])
    assert ("多いですね。" in own, "多いですね。" in theirs) == (True, True)


def test_what_is_with_the_organization_is_not_opened(client: Client) -> None:
    survey = survey_with(1)
    Assignment.objects.update(
        state="returned", submitted_at=None, submitted_by=None, receipt_number=None
    )
    client.force_login(survey.created_by)

    page = client.get(f"{checks(survey)}{survey.assignments.get().pk}/")

    assert page.status_code == 404


def test_what_is_back_already_is_not_said_to_be_given_back(client: Client) -> None:
    survey = survey_with(1)
    address, (key,) = f"{checks(survey)}returns/", survey.assignments.values_list("pk", flat=True)
    client.force_login(survey.created_by)
    sent = {"response": key, "reason": "単位を確かめてください。"}

    said = [
        [str(each) for each in client.post(address, sent, follow=True).context["messages"]]
        for _ in range(2)
    ]

    assert said == [
        ["1団体の回答を差し戻しました。メールで知らせます。"],
        ["差し戻した回答はありません。取り戻されたか、すでに差し戻されています。"],
    ]


def test_what_was_mended_shows_what_it_said_before(client: Client) -> None:
    survey = survey_with(1)
    response = survey.assignments.get()
    client.force_login(survey.created_by)
    first = client.get(f"{checks(survey)}{response.pk}/").content.decode()
    return_responses(survey, [response.pk], by=survey.created_by, reason="確かめてください。")
    cells = {f"cases__{row}__{sex}": "9" for row in ("new", "old") for sex in ("m", "f")}
    mended: dict[str, Any] = {"staff": "5", "desk": "true", "name": "相談室"} | cells
    submitted(assignment_of(survey, response.organization), **mended)

    page = client.get(f"{checks(survey)}{response.pk}/")

    lines = [line for _, lines in page.context["sections"] for line in lines]
    notes = {line.question.id: line.notes for line in lines if line.notes}
    assert "直す前" not in first
    assert notes == {
        "staff": [("直す前", "3人")],
        "desk": [("直す前", "いいえ")],
        "name": [("直す前", "")],
        "cases": [("直す前", OTHER_BEFORE)],
    }
