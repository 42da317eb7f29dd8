import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from onepublic.mail.models import OutboxMessage
from onepublic.mail.outbox import enqueue
from onepublic.mail.rendering import render
from onepublic.notifications.subjects import Subject, releases
from surveys.mail.releases import RELEASE_MAIL
from surveys.models import Release
from tests.factories.accounts import person_at
from tests.factories.releases import closed_survey, release_of, towns

pytestmark = pytest.mark.django_db


def told(release: Release, person: User) -> list[str]:
    """The letters to the person that would be sent now."""
    people = User.objects.filter(pk=person.pk)
    enqueue(RELEASE_MAIL, subject_id=release.pk, people=people)
    rows = OutboxMessage.objects.filter(kind=RELEASE_MAIL, person=person).select_related("person")
    return [letter.text for letter in render(list(rows)).letters.values()]


def test_it_leads_to_the_results_and_holds_no_figure() -> None:
    (place,) = towns(1)
    survey = closed_survey(2, organizations=[place])
    release, person = release_of(survey, by=survey.created_by), person_at(place)

    (text,) = told(release, person)

    assert f"{settings.PORTAL_URL}/surveys/results/{survey.pk}/" in text
    assert survey.title in text
    subject = Subject(survey.title, f"/surveys/results/{survey.pk}/")
    assert releases(person, [release.pk]) == {release.pk: subject}


def test_of_an_ended_release_nobody_is_told() -> None:
    (place,) = towns(1)
    survey = closed_survey(2, organizations=[place])
    release, person = release_of(survey, by=survey.created_by), person_at(place)
    Release.objects.update(ended_at=timezone.now(), ended_by=survey.created_by)

    assert told(release, person) == []
    assert releases(person, [release.pk]) == {}
