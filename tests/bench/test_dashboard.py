import pytest
from django.test import Client

from bench.dashboard import pages_of
from bench.followed import survey_before_its_deadline
from surveys.dashboard.counting import COUNTS, counted
from surveys.models import Assignment, Survey
from surveys.views.days import MEDIAN, OWN, PREVIOUS

pytestmark = pytest.mark.django_db(transaction=True)


def test_officers_may_hand_in_and_the_pages_have_something_to_count() -> None:
    followed = survey_before_its_deadline(2, 22)

    for desk in followed.desks:
        client = Client()
        client.force_login(desk.officer)
        address = f"/surveys/assignments/{desk.assignment.pk}/"
        response = client.post(f"{address}submission/")
        assert (response.status_code, response.headers.get("Location")) == (
            302,
            f"{address}receipt/",
        )

    total = counted(Assignment.objects.filter(survey=followed.survey)).total
    assert {name: total[name] for name in COUNTS} == {
        "asked": 22,
        "submitted": 14,
        "answered": 12,
        "not_applicable": 2,
        "working": 6,
        "not_started": 2,
        "owing": 8,
        "overdue": 0,
        "returned": 2,
        "confirming": 0,
        "accepted": 0,
    }
    assert Survey.objects.count() == 6
    for open_page in pages_of(followed).values():
        open_page()
    client = Client()
    client.force_login(followed.drafter)
    days = client.get(f"/surveys/managed/{followed.survey.pk}/").context["days"]
    assert days.header == [OWN, PREVIOUS, MEDIAN]
