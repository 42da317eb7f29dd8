from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.actions.passwords import request_password_reset
from accounts.models import Membership, Organization, User
from accounts.states import Role
from onepublic.mail.models import OutboxMessage
from onepublic.mail.tasks import deliver_due
from surveys.actions import follow_mergers, remind_now, return_responses
from surveys.people import windows_of
from tests.factories.accounts import OrganizationFactory, person_at, window_of
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db


def ended(organization: Organization, successor: Organization) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Organization.objects.filter(pk=organization.pk).update(valid_to=yesterday, successor=successor)


def also_at(place: Organization, person: User) -> User:
    Membership.objects.create(user=person, division=window_of(place), roles=[Role.DRAFTER])
    return person


def test_what_was_written_before_the_end_is_not_sent_after_it(
    mailoutbox: list[EmailMessage],
) -> None:
    village, city, other = OrganizationFactory.create_batch(3)
    left, moved = person_at(village), also_at(city, person_at(village))
    stays = person_at(other)
    running_survey(village, other, notify_by_mail=True)
    ended(village, city)

    deliver_due()

    assert sorted(to for mail in mailoutbox for to in mail.to) == sorted([moved.email, stays.email])
    states = dict(OutboxMessage.objects.values_list("person", "state"))
    assert states == {left.pk: "cancelled", moved.pk: "sent", stays.pk: "sent"}


def test_the_same_goes_out_while_it_exists(mailoutbox: list[EmailMessage]) -> None:
    """The control of the test above: on its last day it is told still."""
    village, city = OrganizationFactory.create_batch(2)
    person = person_at(village)
    running_survey(village, notify_by_mail=True)
    Organization.objects.filter(pk=village.pk).update(valid_to=timezone.localdate(), successor=city)

    deliver_due()

    assert [mail.to for mail in mailoutbox] == [[person.email]]


def test_nothing_is_written_to_an_organization_that_has_ended() -> None:
    village, city = OrganizationFactory.create_batch(2)
    person_at(village)
    officer = person_at(city)
    ended(village, city)

    assert list(windows_of(Organization.objects.filter(pk__in=[village.pk, city.pk]))) == [officer]


def test_a_returned_response_is_told_to_nobody_of_an_ended_organization(
    mailoutbox: list[EmailMessage],
) -> None:
    """Handed in before the merger and given back after it, before the clock has followed it."""
    village, city = OrganizationFactory.create_batch(2)
    survey = running_survey(village)
    done = submitted(assignment_of(survey, village), by=person_at(village))
    ended(village, city)

    return_responses(survey, [done.pk], by=survey.created_by, reason="単位の誤り")
    deliver_due()

    assert mailoutbox == []


def test_only_the_successor_is_reminded(mailoutbox: list[EmailMessage]) -> None:
    village, city = OrganizationFactory.create_batch(2)
    survey = running_survey(village)
    person_at(village)
    officer = person_at(city)
    ended(village, city)
    follow_mergers(survey)

    remind_now(survey, by=survey.created_by)
    deliver_due()

    assert [mail.to for mail in mailoutbox] == [[officer.email]]


def test_a_link_that_a_person_asked_for_is_sent(mailoutbox: list[EmailMessage]) -> None:
    village, city = OrganizationFactory.create_batch(2)
    person = person_at(village)
    ended(village, city)

    request_password_reset(person)
    deliver_due()

    assert [mail.to for mail in mailoutbox] == [[person.email]]
