import pytest
from django.test import Client

from accounts.models import Organization
from onepublic.core.errors import Refused
from surveys.actions import carry_over
from surveys.models import Assignment, Survey
from surveys.responses import load_response
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import answer, assignment_of, running_survey, submitted
from tests.surveys.rounds import LAST, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client: Client) -> Assignment:
    """A city that was made of a town and a village, both of which had answered; signed in."""
    town = OrganizationFactory.create(name="東町")
    village = OrganizationFactory.create(name="西村")
    city = OrganizationFactory.create(name="中央市")
    last = running_survey(town, village, document=document())
    submitted(assignment_of(last, town), **LAST)
    submitted(assignment_of(last, village), **(LAST | {"staff": "5", "name": ""}))
    Organization.objects.filter(pk__in=[town.pk, village.pk]).update(successor=city)
    this = running_survey(city, document=document())
    Survey.objects.filter(pk=this.pk).update(previous=last)
    client.force_login(person_at(city))
    return assignment_of(this, city)


def test_nothing_is_taken_over_from_several(client: Client, asked: Assignment) -> None:
    page = client.get(f"/surveys/assignments/{asked.pk}/")

    with pytest.raises(Refused):
        carry_over(asked, by=person_at(asked.organization))

    assert page.context["carryable_count"] == 0
    assert "合併前の団体の前回の回答を見る" in page.text
    assert load_response(asked).previous is None


def test_each_question_names_what_each_had_answered(client: Client, asked: Assignment) -> None:
    page = client.get(f"/surveys/assignments/{asked.pk}/sections/s1/")

    texts = {key: said.text for key, said in page.context["earlier"].items()}
    assert texts == {
        "staff": "東町 10人、西村 5人",
        "form": "東町 直営、西村 直営",
        "name": "東町 相談窓口",
    }


def test_they_are_listed_side_by_side(client: Client, asked: Assignment) -> None:
    answer(asked, person_at(asked.organization), staff="14")

    context = client.get(f"/surveys/assignments/{asked.pk}/comparison/").context

    ((section, lines),) = context["sections"]
    assert (section.title, context["merged"]) == ("体制", ["東町", "西村"])
    assert [(line.label, line.now, line.before) for line in lines] == [
        ("職員数", "14人", [("東町", "10人"), ("西村", "5人")]),
        ("運営", "", [("東町", "直営"), ("西村", "直営")]),
        ("名称", "", [("東町", "相談窓口"), ("西村", "")]),
        ("今年度の取組", "", [("東町", "研修"), ("西村", "研修")]),
    ]
