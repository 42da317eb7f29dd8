from hypothesis import given

from surveys.answerbook.cells import contents, gather, parts_of
from surveys.questionnaire import check_value, normalise, parse_questionnaire, to_json
from tests.surveys.questionnaire.building import Json, document, multiple, number, unhurried
from tests.surveys.questionnaire.definitions import responses


@unhurried
@given(responses())
def test_what_is_stored_is_shown_and_read_back_in_every_kind_of_cell(
    pair: tuple[Json, Json],
) -> None:
    definition, answers = pair
    questionnaire = parse_questionnaire(definition)
    valid = {
        key: to_json(normalise(questionnaire.field(key), raw))
        for key, raw in answers.items()
        if not check_value(questionnaire.field(key), raw)
    }

    read_back = {
        key: gather(questionnaire.field(key), contents(questionnaire.field(key), value)).value
        for key, value in valid.items()
    }

    assert read_back == valid


@unhurried
@given(responses())
def test_only_cells_of_the_field_are_filled(pair: tuple[Json, Json]) -> None:
    definition, answers = pair
    questionnaire = parse_questionnaire(definition)

    beside = {
        key
        for key, raw in answers.items()
        if not contents(questionnaire.field(key), raw).keys()
        <= set(parts_of(questionnaire.field(key)))
    }

    assert beside == set()


def test_none_applicable_excludes_marks_beside_it() -> None:
    field = parse_questionnaire(document(multiple("m", allow_none=True))).field("m")

    gathered = gather(field, {"=1": "○", "none": "○"})

    assert (gathered.refusal, gathered.part) == (
        "「該当なし」は、他の回答と同時に選べません。",
        "none",
    )


def test_the_same_content_has_the_same_mark_and_another_another() -> None:
    field = parse_questionnaire(document(number("n"))).field("n")

    marks = [gather(field, {"": cell}).mark for cell in (12, "１２", 12.0, 13, None, "x", "y")]

    assert len(set(marks[:3])) == 1
    assert len(set(marks[2:])) == 5
