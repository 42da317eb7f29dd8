import pytest

from onepublic.workbook.text import CUT_MARK, LONGEST, fit_text, text_xml, visible_text
from tests.onepublic.workbook.hostile import CHANGED, UNCHANGED
from tests.onepublic.workbook.reopening import by_calamine, by_openpyxl, table, written


def test_there_are_enough_hostile_texts() -> None:
    assert len(set(UNCHANGED) | set(CHANGED)) == len(UNCHANGED) + len(CHANGED)
    assert len(UNCHANGED) >= 200


def test_hostile_texts_come_back_literally_by_openpyxl() -> None:
    stream = written(table([text] for text in UNCHANGED))
    assert by_openpyxl(stream) == [(text,) for text in UNCHANGED]


def test_hostile_texts_come_back_literally_by_calamine() -> None:
    stream = written(table([text] for text in UNCHANGED))
    assert by_calamine(stream) == [(text,) for text in UNCHANGED]


def test_what_xml_cannot_hold_is_made_visible() -> None:
    stream = written(table([text] for text in CHANGED))
    expected = [(text,) for text in CHANGED.values()]
    assert by_openpyxl(stream) == expected
    assert by_calamine(stream) == expected


@pytest.mark.parametrize("text", UNCHANGED)
def test_harmless_characters_are_left_alone(text: str) -> None:
    assert visible_text(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("あ" * (LONGEST + 1), LONGEST),
        ("😀" * LONGEST, LONGEST),
        ("a" + "😀" * LONGEST, LONGEST - 1),
    ],
)
def test_long_text_is_cut_between_characters_with_a_mark(text: str, kept: int) -> None:
    fitted = fit_text(text)

    units = len(fitted.encode("utf-16-le")) // 2
    assert fitted.endswith(CUT_MARK)
    assert text.startswith(fitted.removesuffix(CUT_MARK))
    assert kept - 1 <= units <= LONGEST


def test_text_of_just_the_longest_length_is_kept() -> None:
    assert fit_text("😀" * 16_383 + "a") == "😀" * 16_383 + "a"


def test_an_escape_lookalike_is_split_over_two_runs() -> None:
    assert text_xml("a_x0041_") == "<r><t>a_</t></r><r><t>x0041_</t></r>"
