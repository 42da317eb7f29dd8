from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organization
from accounts.states import Kind
from surveys.actions import declare_not_applicable, pull_back
from surveys.insight.outliers import Merged, Standout, changed, far_out, merged_since
from surveys.models import Survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey, submitted
from tests.surveys.rounds import LAST, document

pytestmark = pytest.mark.django_db


def of_staff(*counts: str) -> Survey:
    """A survey to which as many villages answered with these numbers of staff."""
    places = OrganizationFactory.create_batch(len(counts))
    survey = running_survey(*places)
    for place, count in zip(places, counts, strict=True):
        submitted(assignment_of(survey, place), staff=count)
    return survey


def test_what_lies_beyond_the_outer_fences_is_found() -> None:
    survey = of_staff("3", "4", "5", "6", "7", "8", "9", "10", "500", "60")
    keys = list(survey.assignments.order_by("pk").values_list("pk", flat=True))

    found = far_out(survey, ["staff"])

    # Quartiles of the ten values: 5.25, 7.5 and 9.75 by linear interpolation.
    size = [(Decimal(v) - Decimal("9.75")) / Decimal("4.5") for v in (500, 60)]
    assert [(each.assignment_id, each.value, each.beside) for each in found] == [
        (keys[8], Decimal(500), Decimal("7.5")),
        (keys[9], Decimal(60), Decimal("7.5")),
    ]
    assert [round(each.size, 6) for each in found] == [round(each, 6) for each in size]


def test_among_few_or_equal_values_nothing_is_far_out() -> None:
    few, equal = of_staff("3", "4", "5", "500"), of_staff(*["5"] * 8, "500")

    assert (far_out(few, ["staff"]), far_out(equal, ["staff"])) == ([], [])


def test_a_median_between_two_keeps_its_unit(client: Client) -> None:
    survey = of_staff("3", "4", "5", "6", "7", "8", "9", "900")
    client.force_login(survey.created_by)

    page = client.get(f"/surveys/managed/{survey.pk}/outliers/")

    assert [line["beside"] for line in page.context["far_out"]] == ["6.5人"]


def test_each_kind_has_its_own_fences() -> None:
    villages, cities = (
        OrganizationFactory.create_batch(8, kind=kind) for kind in (Kind.VILLAGE, Kind.CITY)
    )
    survey = running_survey(*villages, *cities)
    for place, count in zip(villages, (3, 4, 5, 6, 7, 8, 9, 10), strict=True):
        submitted(assignment_of(survey, place), staff=str(count))
    for place, count in zip(cities, (300, 400, 500, 600, 700, 800, 900, 1000), strict=True):
        submitted(assignment_of(survey, place), staff=str(count))

    assert far_out(survey, ["staff"]) == []


def test_changes_since_the_last_round_come_by_size() -> None:
    places = OrganizationFactory.create_batch(3)
    before = running_survey(*places, document=document())
    after = running_survey(*places, document=document(), previous=before)
    for place, then, now in zip(places, ("10", "10", "10"), ("13", "14", "40"), strict=True):
        submitted(assignment_of(before, place), **(LAST | {"staff": then}))
        submitted(assignment_of(after, place), **(LAST | {"staff": now}))
    keys = list(after.assignments.order_by("pk").values_list("pk", flat=True))

    found = changed(after, ["staff"])

    assert [(each.assignment_id, each.size) for each in found] == [
        (keys[2], Decimal(3)),
        (keys[1], Decimal("0.4")),
    ]
    assert changed(before, ["staff"]) == list[Standout]()


def test_what_was_written_before_nothing_applied_is_no_value() -> None:
    survey = of_staff("3", "4", "5", "6", "7", "8", "9", "10", "500")
    for done in survey.assignments.order_by("-pk")[:1]:
        writer = person_at(done.organization)
        pull_back(done, by=writer)
        declare_not_applicable(done, by=writer, reason="事業を廃止したため。")

    assert far_out(survey, ["staff"]) == []


def test_a_last_round_without_answers_is_compared_with_nothing() -> None:
    place = OrganizationFactory.create()
    before = running_survey(place, document=document())
    after = running_survey(place, document=document(), previous=before)
    done = submitted(assignment_of(before, place), **(LAST | {"staff": "10"}))
    submitted(assignment_of(after, place), **(LAST | {"staff": "40"}))
    pull_back(done, by=person_at(place))
    declare_not_applicable(done, by=person_at(place), reason="事業を廃止したため。")

    assert changed(after, ["staff"]) == []


def merged_into(successor: Organization, *organizations: Organization) -> None:
    Organization.objects.filter(pk__in=[one.pk for one in organizations]).update(
        valid_to=timezone.localdate() - timedelta(days=1), successor=successor
    )


def test_who_answers_for_several_of_the_last_round_is_compared_with_none(client: Client) -> None:
    """With only its own figure of then, a town that took in a village seems to have grown."""
    town, village, other = (OrganizationFactory.create(name=name) for name in ("町", "村", "市"))
    before = running_survey(town, village, other, document=document())
    for place in (town, village, other):
        submitted(assignment_of(before, place), **(LAST | {"staff": "10"}))
    merged_into(town, village)
    after = running_survey(town, other, document=document(), previous=before)
    for place, count in ((town, "20"), (other, "15")):
        submitted(assignment_of(after, place), **(LAST | {"staff": count}))
    client.force_login(after.created_by)

    page = client.get(f"/surveys/managed/{after.pk}/outliers/")

    found = [each.assignment_id for each in changed(after, ["staff"])]
    assert found == [assignment_of(after, other).pk]
    assert merged_since(after) == [Merged("町", ("町", "村"))]
    assert "町（前回は町、村）" in page.content.decode()


def test_who_has_taken_one_place_is_compared_with_that_one() -> None:
    village, town = OrganizationFactory.create_batch(2)
    before = running_survey(village, document=document())
    submitted(assignment_of(before, village), **(LAST | {"staff": "10"}))
    merged_into(town, village)
    after = running_survey(town, document=document(), previous=before)
    submitted(assignment_of(after, town), **(LAST | {"staff": "40"}))

    assert [(each.beside, each.size) for each in changed(after, ["staff"])] == [
        (Decimal(10), Decimal(3))
    ]
    assert merged_since(after) == list[Merged]()


def test_the_page_says_both_in_words(client: Client) -> None:
    survey = of_staff("3", "4", "5", "6", "7", "8", "9", "10", "500")
    client.force_login(survey.created_by)

    page = client.get(f"/surveys/managed/{survey.pk}/outliers/")
    other = client.get(f"/surveys/managed/{survey.pk}/outliers/", {"question": "cases"})

    lines = [(line["label"], line["value"], line["times"]) for line in page.context["far_out"]]
    middle = [line["beside"] for line in page.context["far_out"]]
    assert (lines, middle) == ([("職員数", "500人", "122.8")], ["7人"])
    assert other.context["far_out"] == []
