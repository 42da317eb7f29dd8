import pytest

from accounts.states import Role
from surveys.models import Assignment, Survey
from surveys.states import AssignmentState, PrefecturePart
from tests.factories.accounts import PrefectureFactory, RegionalBureauFactory, person_at
from tests.factories.surveys import running_survey, submitted
from tests.surveys.prefecture import Area

pytestmark = pytest.mark.django_db
NONE, WATCH, CHECK = PrefecturePart.NONE, PrefecturePart.WATCH, PrefecturePart.CHECK


def seen_states(part: str, *, drafts: bool) -> tuple[set[str], set[str]]:
    """The states of the responses that a prefecture reads, and whose progress it sees."""
    area = Area(2, prefecture_part=part, prefectures_read_drafts=drafts)
    submitted(area.asked[0])
    read = Assignment.objects.visible_to(area.officer)
    followed = Assignment.objects.progress_visible_to(area.officer)
    return {one.state for one in read}, {one.state for one in followed}


DRAFT, DONE = AssignmentState.NOT_STARTED, AssignmentState.SUBMITTED
EXPECTED: dict[tuple[str, bool], tuple[set[str], set[str]]] = {
    (NONE, False): (set(), set()),
    (NONE, True): (set(), set()),
    (WATCH, False): (set(), {DRAFT, DONE}),
    (WATCH, True): ({DRAFT, DONE}, {DRAFT, DONE}),
    (CHECK, False): ({DONE}, {DRAFT, DONE}),
    (CHECK, True): ({DRAFT, DONE}, {DRAFT, DONE}),
}


@pytest.mark.parametrize(("part", "drafts"), list(EXPECTED))
def test_a_prefecture_sees_what_the_survey_gives_it(part: str, drafts: bool) -> None:
    assert seen_states(part, drafts=drafts) == EXPECTED[part, drafts]


@pytest.mark.parametrize("part", PrefecturePart)
def test_no_other_prefecture_and_no_bureau_reads_an_answer(part: str) -> None:
    bureau = RegionalBureauFactory.create()
    area = Area(prefecture_part=part, prefectures_read_drafts=True)
    area.villages[0].regional_bureau = bureau
    area.villages[0].save()
    submitted(area.asked[0])
    others = [person_at(PrefectureFactory.create()), person_at(bureau)]

    assert [Assignment.objects.visible_to(each).count() for each in others] == [0, 0]
    counts = [Assignment.objects.progress_visible_to(each).count() for each in others]
    assert counts == [0, 1]


def test_a_survey_without_part_exists_for_a_prefecture_only_when_it_is_asked_itself() -> None:
    area = Area(prefecture_part=NONE)
    both = running_survey(area.prefecture, area.villages[0], prefecture_part=NONE)

    assert list(Survey.objects.visible_to(area.officer)) == [both]
    (own,) = Assignment.objects.progress_visible_to(area.officer)
    assert own.organization == area.prefecture


def test_readers_of_the_prefecture_read_as_well() -> None:
    area = Area(prefecture_part=CHECK)
    done = submitted(area.asked[0])

    assert list(Assignment.objects.visible_to(person_at(area.prefecture, Role.VIEWER))) == [done]
