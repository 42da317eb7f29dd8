from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import Organization
from accounts.states import Kind
from surveys.insight.burden import burden_by_kind, paces
from surveys.models import Answer, Survey
from surveys.questionnaire import parse_questionnaire
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, draft_survey, running_survey, submitted

pytestmark = pytest.mark.django_db

IN_TOWNS = {"attr": "kind", "op": "eq", "value": "town"}
DOCUMENT: dict[str, Any] = {
    "sections": [
        {
            "id": "s",
            "title": "節",
            "questions": [
                {"id": "q1", "type": "yesno", "label": "一", "required": False},
                {
                    "id": "q2",
                    "type": "yesno",
                    "label": "二",
                    "required": False,
                    "visible_if": {"all": [IN_TOWNS, {"q": "q1", "op": "eq", "value": True}]},
                },
            ],
        }
    ]
}


def test_each_kind_counts_what_it_is_asked() -> None:
    towns = OrganizationFactory.create_batch(2, kind=Kind.TOWN)
    village = OrganizationFactory.create(kind=Kind.VILLAGE)
    survey = draft_survey(*towns, village, document=DOCUMENT)

    kinds = burden_by_kind(survey, parse_questionnaire(DOCUMENT))

    assert [(k.label, k.organizations, k.always, k.depending) for k in kinds] == [
        ("町", 2, 1, 1),
        ("村", 1, 1, 0),
    ]
    assert kinds[0].minutes == pytest.approx((15.1 + 15.1 / 2) / 60)
    assert kinds[0].hours == pytest.approx(2 * kinds[0].minutes / 60)


def test_an_open_survey_counts_those_who_were_asked() -> None:
    town = OrganizationFactory.create(kind=Kind.TOWN)
    survey = running_survey(town, document=DOCUMENT)
    Survey.objects.filter(pk=survey.pk).update(stored_audience=AudienceRule().to_json())
    survey.refresh_from_db()

    kinds = burden_by_kind(survey, parse_questionnaire(DOCUMENT))

    assert [(k.kind, k.organizations) for k in kinds] == [("town", 1)]


def answered_at(survey: Survey, organization: Organization, *minutes: float) -> None:
    """A submitted response whose answers were saved at these minutes."""
    asked = submitted(assignment_of(survey, organization), staff="5")
    begin = timezone.now() - timedelta(days=1)
    asked.answers.all().delete()
    writer = person_at(organization)
    for number, minute in enumerate(minutes):
        Answer.objects.create(
            assignment=asked,
            field=f"q{number}",
            value=number,
            updated_at=begin + timedelta(minutes=minute),
            updated_by=writer,
        )


def test_the_pace_is_the_median_without_long_pauses() -> None:
    places = OrganizationFactory.create_batch(3)
    survey = running_survey(*places)
    answered_at(survey, places[0], 0, 5, 9)
    answered_at(survey, places[1], 0, 8, 600, 604)
    answered_at(survey, places[2], 0, 9, 18, 27, 36)

    [pace] = paces([survey])

    assert (pace.survey, pace.responses) == (survey, 3)
    assert pace.minutes == pytest.approx(12)


def test_a_survey_without_a_record_has_no_pace() -> None:
    place = OrganizationFactory.create()
    survey = running_survey(place)
    answered_at(survey, place, 0)

    assert paces([survey]) == []
