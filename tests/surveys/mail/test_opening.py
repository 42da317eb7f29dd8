import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Rendered, render
from surveys.actions import close_survey
from tests.factories.accounts import OrganizationFactory, person_at
from tests.factories.surveys import assignment_of, running_survey

pytestmark = pytest.mark.django_db


def test_it_points_to_the_assignment_and_tells_no_question(settings: Settings) -> None:
    village = OrganizationFactory.create()
    person = person_at(village)
    survey = running_survey(village, notify_by_mail=True)
    message = OutboxMessage.objects.get(person=person)

    letter = render([message]).letters[message.pk]

    address = f"{settings.PORTAL_URL}/surveys/assignments/{assignment_of(survey, village).pk}/"
    assert letter.subject == "［OnePublic］【回答依頼】相談体制の調査"
    assert address in letter.text.splitlines()
    assert "回答期限：令和８年12月11日（金）" in letter.text.splitlines()
    assert "職員数" not in letter.text


def test_it_says_nothing_of_a_survey_that_has_closed() -> None:
    village = OrganizationFactory.create()
    person_at(village)
    survey = running_survey(village, notify_by_mail=True)
    close_survey(survey, by=survey.created_by)

    assert render(list(OutboxMessage.objects.all())) == Rendered()


@pytest.mark.parametrize("size", [1, 3])
def test_it_takes_two_queries_for_any_number(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    villages = OrganizationFactory.create_batch(size)
    for village in villages:
        person_at(village)
    running_survey(*villages, notify_by_mail=True)
    messages = list(OutboxMessage.objects.select_related("person"))

    with django_assert_num_queries(2):
        letters = render(messages).letters

    assert len(letters) == size
