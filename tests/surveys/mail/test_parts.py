import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.states import Role
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Rendered, render
from surveys.actions import (
    close_survey,
    declare_not_applicable,
    give_back,
    hand_section,
    return_responses,
)
from surveys.models import Assignment
from tests.factories.accounts import DivisionFactory, OrganizationFactory, person_at
from tests.factories.surveys import assignment

pytestmark = pytest.mark.django_db


def handed() -> Assignment:
    """A section handed to a division with one drafter; the note stays on the page."""
    organization = OrganizationFactory.create()
    division = DivisionFactory.create(organization=organization, name="福祉課")
    person_at(division, Role.DRAFTER)
    asked = assignment(organization=organization)
    hand_section(asked, "s1", to=division, note="内密の連絡", by=person_at(organization))
    return asked


def test_it_points_to_the_section_and_keeps_the_note_to_itself(settings: Settings) -> None:
    asked = handed()
    message = OutboxMessage.objects.get()

    letter = render([message]).letters[message.pk]

    path = f"/surveys/assignments/{asked.pk}/sections/s1/part/"
    lines = {f"{settings.PORTAL_URL}{path}", "節：体制", "回答期限：令和８年12月11日（金）"}
    assert letter.subject == "［OnePublic］【節の入力の依頼】相談体制の調査"
    assert lines <= set(letter.text.splitlines())
    assert "内密の連絡" not in letter.text


def test_whoever_gathers_reads_which_division_gave_it_back() -> None:
    asked = handed()
    work = asked.section_works.select_related("division").get()
    officer = OutboxMessage.objects.get().person
    OutboxMessage.objects.all().delete()
    give_back(asked, "s1", note="", by=officer, held_by=work.division_id)
    message = OutboxMessage.objects.get()

    letter = render([message]).letters[message.pk]

    assert f"福祉課の{officer.name}さんが、次の節を戻しました。" in letter.text


def test_it_says_nothing_of_a_survey_that_has_closed() -> None:
    asked = handed()
    close_survey(asked.survey, by=asked.survey.created_by)

    assert render(list(OutboxMessage.objects.all())) == Rendered()


def test_it_speaks_of_a_response_given_back_after_the_closing() -> None:
    asked = handed()
    survey = asked.survey
    declare_not_applicable(asked, by=person_at(asked.organization), reason="該当なし")
    close_survey(survey, by=survey.created_by)
    return_responses(survey, [asked.pk], by=survey.created_by, reason="単位の誤り")
    messages = list(OutboxMessage.objects.filter(kind="survey_part").select_related("person"))

    assert len(render(messages).letters) == 1


@pytest.mark.parametrize("size", [1, 3])
def test_it_takes_three_queries_for_any_number(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        handed()
    messages = list(OutboxMessage.objects.select_related("person"))
    render(messages)  # the questions of a published revision are read once a process

    with django_assert_num_queries(3):
        letters = render(messages).letters

    assert len(letters) == size
