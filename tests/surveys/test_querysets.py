import pytest

from accounts.models import User
from accounts.states import Role
from surveys.models import Assignment, Compilation, Survey
from tests.factories.accounts import (
    DivisionFactory,
    MinistryFactory,
    OrganizationFactory,
    PrefectureFactory,
    RegionalBureauFactory,
    person_at,
)
from tests.factories.surveys import assignment_of, draft_survey, running_survey, submitted

pytestmark = pytest.mark.django_db


class Country:
    """Two prefectures in two areas with a village each, asked by one division; one submitted."""

    def __init__(self) -> None:
        self.bureau, self.other_bureau = RegionalBureauFactory.create_batch(2)
        self.prefecture = PrefectureFactory.create(regional_bureau=self.bureau)
        self.other_prefecture = PrefectureFactory.create(regional_bureau=self.other_bureau)
        self.village = OrganizationFactory.create(prefecture=self.prefecture)
        self.other_village = OrganizationFactory.create(prefecture=self.other_prefecture)
        self.stranger = OrganizationFactory.create(prefecture=self.prefecture)
        self.survey = running_survey(self.village, self.other_village)
        self.runner = self.survey.created_by
        self.submitted = submitted(assignment_of(self.survey, self.village))
        self.drafting = assignment_of(self.survey, self.other_village)
        self.draft = draft_survey(self.village)
        self.colleague = person_at(DivisionFactory.create(organization=MinistryFactory.create()))


@pytest.fixture
def country() -> Country:
    return Country()


def seen(user: User) -> tuple[set[Survey], set[Assignment], set[Assignment]]:
    """Surveys, answers and progress that the person may see."""
    return (
        set(Survey.objects.visible_to(user)),
        set(Assignment.objects.visible_to(user)),
        set(Assignment.objects.progress_visible_to(user)),
    )


def test_the_division_that_runs_it_sees_what_was_submitted(country: Country) -> None:
    both = {country.submitted, country.drafting}

    assert seen(country.runner) == ({country.survey}, {country.submitted}, both)


def test_another_division_of_the_ministry_sees_progress_and_no_answer(country: Country) -> None:
    both = {country.submitted, country.drafting}

    assert seen(country.colleague) == ({country.survey}, set(), both)


def test_an_organization_sees_its_own(country: Country) -> None:
    own = {country.drafting}

    assert seen(person_at(country.other_village)) == ({country.survey}, own, own)


def test_an_organization_that_was_not_asked_sees_nothing(country: Country) -> None:
    assert seen(person_at(country.stranger)) == (set(), set(), set())


@pytest.mark.parametrize("place", ["prefecture", "bureau"])
def test_an_area_sees_the_progress_of_its_own_and_no_answer(country: Country, place: str) -> None:
    follower = person_at(getattr(country, place))

    assert seen(follower) == ({country.survey}, set(), {country.submitted})


def test_an_auditor_sees_what_was_submitted_and_every_survey(country: Country) -> None:
    auditor = person_at(DivisionFactory.create(), Role.AUDITOR)
    both = {country.submitted, country.drafting}

    assert seen(auditor) == ({country.survey, country.draft}, {country.submitted}, both)


def test_a_draft_is_seen_by_its_division_alone(country: Country) -> None:
    assert set(Survey.objects.visible_to(country.draft.created_by)) == {
        country.draft,
        country.survey,
    }


def test_only_the_division_that_runs_it_sees_a_compilation(country: Country) -> None:
    made = Compilation.objects.create(survey=country.survey, requested_by=country.runner)
    others = [country.colleague, person_at(country.village), person_at(country.prefecture)]

    assert list(Compilation.objects.visible_to(country.runner)) == [made]
    assert [Compilation.objects.visible_to(other).count() for other in others] == [0, 0, 0]
