import json

import pytest

from surveys.models import Answer
from surveys.results.counting import counted
from surveys.results.freezing import frozen
from surveys.results.frozen import (
    ReleasedGroup,
    Shown,
    head_from_json,
    section_from_json,
    section_key,
    to_json,
)
from tests.factories.accounts import OrganizationFactory, PrefectureFactory
from tests.factories.releases import closed_survey, results, towns
from tests.factories.surveys import running_survey, submitted

pytestmark = pytest.mark.django_db


def test_groups_too_small_and_what_tells_of_them_are_left_out() -> None:
    here, there = (PrefectureFactory.create(code=code) for code in ("130001", "140007"))
    places = [
        *OrganizationFactory.create_batch(6, prefecture=here),
        OrganizationFactory.create(prefecture=there),
    ]
    survey = closed_survey(2, 3, 4, 5, 6, 7, 777, organizations=places)

    found = frozen(counted(survey, ["staff"]), 3)

    # Seven have answered, so the other six would give the last away: both are hidden.
    assert [group.size for group in found.head.prefectures] == [None, None]
    (section,) = found.sections
    (staff,) = section.columns
    assert staff.nation == Shown(7, (), None, 5.0, None)
    assert staff.prefectures == (Shown(None), Shown(None))
    assert "777" not in json.dumps(to_json(found)["sections"])


def test_with_enough_in_each_quarter_the_quartiles_are_shown() -> None:
    survey = closed_survey(*range(2, 10))

    (section,) = frozen(counted(survey, ["staff"]), 2).sections

    assert section.columns[0].nation == Shown(8, (), 3.75, 5.5, 7.25)


def test_who_answered_and_did_not_choose_is_not_reckoned_from_the_difference() -> None:
    survey = running_survey(*towns(14))
    ways = [["1", "2"]] * 9 + [["2"]] + [[]] * 4
    for asked, chosen in zip(survey.assignments.with_survey(), ways, strict=True):
        submitted(asked, ways=chosen)

    (section,) = frozen(counted(survey, ["ways"]), 3).sections

    # Of ten nine have chosen the first: the tenth alone has not.
    assert section.columns[0].nation == Shown(10, (None, 10, 0))


def test_what_is_kept_is_read_back_equal() -> None:
    released = results()

    kept = json.loads(json.dumps(to_json(released)))

    assert head_from_json(kept["head"]) == released.head
    assert [
        section_from_json(kept["sections"][section_key(each.id)]) for each in released.sections
    ] == list(released.sections)
    assert released.head.kinds[1] == ReleasedGroup("村", None)


def test_who_chose_a_rare_option_is_not_told_from_the_others() -> None:
    places = OrganizationFactory.create_batch(8, prefecture=PrefectureFactory.create())
    survey = closed_survey(*[4] * 8, organizations=places)
    Answer.objects.filter(field="desk").update(value=True)
    Answer.objects.filter(field="desk", assignment__organization=places[0]).update(value=False)

    (section,) = frozen(counted(survey, ["desk"]), 3).sections

    # One of eight has no desk: that seven have one would tell.
    (desk,) = section.columns
    assert (desk.options, desk.nation) == (("はい", "いいえ"), Shown(8, (None, None)))
    assert desk.prefectures == (Shown(8, (None, None)),)


def test_that_all_but_one_chose_an_option_of_several_is_hidden_too() -> None:
    survey = closed_survey(*[4] * 8)
    for place, asked in enumerate(survey.assignments.all()):
        ways = ["1"] if place == 0 else ["1", "2"]
        asked.answers.create(field="ways", value=ways, updated_by=survey.created_by)

    (section,) = frozen(counted(survey, ["ways"]), 3).sections

    assert section.columns[0].nation == Shown(8, (8, None, 0))
