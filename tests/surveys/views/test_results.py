from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.states import Role
from surveys.actions import publish_revision, pull_back
from surveys.models import Release, Submission
from surveys.results.owning import own_answers
from tests.factories.accounts import DivisionFactory, person_at
from tests.factories.releases import closed_survey, release_of, towns
from tests.factories.surveys import DOCUMENT, assignment_of, draft_survey, running_survey, submitted
from tests.surveys.actions.test_revising import revise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    client: Client, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    (place,) = towns(1)
    for _ in range(size):
        survey = closed_survey(2, organizations=[place])
        release_of(survey, by=survey.created_by)
    client.force_login(person_at(place))

    with django_assert_num_queries(6):
        response = client.get("/surveys/results/")

    assert len(response.context["releases"]) == size


def test_every_release_can_be_reached_page_by_page(client: Client) -> None:
    by = person_at(DivisionFactory.create())
    surveys = [draft_survey(by=by, division=by.memberships.get().division) for _ in range(51)]
    for survey in surveys:
        release_of(survey, by=by)
    client.force_login(by)

    first = client.get("/surveys/results/")
    second = client.get("/surveys/results/", {"cursor": first.context["next_cursor"]})

    found = [*first.context["releases"], *second.context["releases"]]
    assert [each.survey for each in found] == surveys[::-1]
    assert f"?cursor={first.context['next_cursor']}" in first.content.decode()


@pytest.mark.parametrize(("section", "size"), [("s2", 1), ("s1", 2)])
def test_a_page_reads_its_own_section_alone(
    client: Client, section: str, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    (place,) = towns(1)
    survey = closed_survey(2, organizations=[place])
    release_of(survey, by=survey.created_by)
    client.force_login(person_at(place))

    with django_assert_num_queries(10):
        response = client.get(f"/surveys/results/{survey.pk}/?section={section}")

    assert len(response.context["questions"]) == size


def test_the_own_value_is_that_of_the_submission_in_force(client: Client) -> None:
    (place,) = towns(1)
    survey = running_survey(place)
    done = submitted(assignment_of(survey, place), staff="8")
    done.answers.filter(field="staff").update(value=9)
    person, release = person_at(place), release_of(survey, by=survey.created_by)

    before = own_answers(person, release)
    pull_back(done, by=person, reason="")
    after = own_answers(person, release)

    assert before is not None
    assert (before.numbers, after) == ({"staff": 8}, None)
    assert before.chosen == {"desk": frozenset({"いいえ"})}
    assert Submission.objects.get().ended_at is not None


def test_the_own_option_has_the_label_under_which_it_was_counted() -> None:
    (place,) = towns(1)
    survey = running_survey(place)
    submitted(assignment_of(survey, place), form="1")
    person, before = person_at(place), release_of(survey, by=survey.created_by)
    Release.objects.update(ended_at=timezone.now(), ended_by=survey.created_by)
    form = next(each for each in DOCUMENT["sections"][0]["questions"] if each["id"] == "form")
    first, *others = form["options"]
    revise(survey, form={"options": [first | {"label": "市が直営"}, *others]})
    publish_revision(survey, by=person_at(survey.division, Role.APPROVER))
    after = release_of(survey, by=survey.created_by, number=2)

    own = [own_answers(person, release) for release in (before, after)]

    assert [set(each.chosen["form"]) for each in own if each] == [{"直営"}, {"市が直営"}]


def test_another_section_or_group_that_there_is_not_does_no_harm(client: Client) -> None:
    survey = closed_survey(2)
    release_of(survey, by=survey.created_by)
    client.force_login(survey.created_by)

    page = client.get(f"/surveys/results/{survey.pk}/?section=none&kind=x&prefecture=1")

    assert page.context["section"].id == "s1"
    assert [place.name for place in page.context["places"]] == ["全国"]


def test_anybody_with_the_link_sees_figures_and_no_own_answers(client: Client) -> None:
    survey = closed_survey(2)
    release = release_of(survey, by=survey.created_by, is_public=True)

    page = client.get(f"/surveys/open/results/{release.public_key}/")

    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.context["own"] is None
    text = page.content.decode()
    assert "貴機関" not in text
    assert release.released_by.name not in text


@pytest.mark.parametrize("ending", ["", "figures.csv"])
def test_a_wrong_or_ended_link_leads_nowhere(client: Client, ending: str) -> None:
    survey = closed_survey(2)
    release = release_of(survey, by=survey.created_by, is_public=True)
    Release.objects.update(ended_at=timezone.now(), ended_by=survey.created_by)

    keys = (release.public_key, uuid4())
    pages = [client.get(f"/surveys/open/results/{key}/{ending}") for key in keys]

    assert [page.status_code for page in pages] == [404, 404]


def test_a_file_of_another_kind_is_not_made(client: Client) -> None:
    survey = closed_survey(2)
    release_of(survey, by=survey.created_by)
    client.force_login(survey.created_by)

    assert client.get(f"/surveys/results/{survey.pk}/figures.pdf").status_code == 404
    content = client.get(f"/surveys/results/{survey.pk}/figures.csv").getvalue().decode("utf-8-sig")
    assert content.startswith("項目ID,設問・項目,単位,区分,名称,")


def test_the_receipt_leads_to_the_results(client: Client) -> None:
    (place,) = towns(1)
    survey = closed_survey(2, organizations=[place])
    asked = assignment_of(survey, place)
    client.force_login(person_at(place))
    link = f'href="/surveys/results/{survey.pk}/"'

    before = client.get(f"/surveys/assignments/{asked.pk}/receipt/").content.decode()
    release_of(survey, by=survey.created_by)
    after = client.get(f"/surveys/assignments/{asked.pk}/receipt/").content.decode()

    assert (link in before, link in after) == (False, True)
