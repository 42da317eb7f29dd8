import pytest

from onepublic.workbook import Format
from surveys.compilation.columns import answer_columns, joined_columns
from surveys.questionnaire import parse_questionnaire
from tests.factories.surveys import DOCUMENT
from tests.surveys.questionnaire.all_types import ALL_NEW, dynamic_table
from tests.surveys.questionnaire.building import number, parsed

QUESTIONNAIRE = parse_questionnaire(DOCUMENT)


def test_a_column_is_headed_by_id_and_label_with_unit() -> None:
    (answer_column,) = answer_columns([QUESTIONNAIRE.field("cases.new.m")], {})

    assert answer_column.column.headers == ("cases.new.m", "相談件数／新規／男（件）")
    assert answer_column.column.format is Format.COUNT


def test_a_ranking_has_a_column_per_rank_and_notes_have_none() -> None:
    fields = parsed(number("n1"), *ALL_NEW).fields

    columns = answer_columns(fields, {})

    keys = [column.key for column in columns]
    assert keys[7:11] == ["scale", "rank.1", "rank.2", "year"]
    assert keys[-3:] == ["matrix.r1", "matrix.r2", "sum"]
    assert columns[8].label == "設問rank／1位"


@pytest.mark.parametrize(
    ("used", "least", "rows"),
    [
        ({}, 0, ["1"]),
        ({"t": 3}, 0, ["1", "2", "3"]),
        ({"t": 1}, 2, ["1", "2"]),
        ({"x": 4}, 0, ["1"]),
    ],
)
def test_a_growing_table_has_as_many_columns_as_rows_were_filled(
    used: dict[str, int], least: int, rows: list[str]
) -> None:
    fields = parsed(dynamic_table("t", min_rows=least)).fields

    columns = answer_columns(fields, used)

    assert [c.key for c in columns if c.key.endswith(".n")] == [f"t.{row}.n" for row in rows]


def test_a_number_without_separators_is_shown_as_it_is() -> None:
    (answer_column,) = answer_columns(parsed(number("n", grouped=False)).fields, {})

    assert answer_column.column.format is Format.GENERAL


def test_a_removed_question_keeps_its_place_among_the_columns() -> None:
    first = parsed(number("a"), number("b"), number("c"))
    second = parsed(number("a"), number("new"), number("c"))
    third = parsed(number("c", label="改めた文言"), number("a"))

    columns = joined_columns([first, second, third], {})

    heads = [(column.column.headers, column.removed) for column in columns]
    assert heads == [
        (("c", "改めた文言（人）"), False),
        (("a", "設問a（人）"), False),
        (("b", "【改訂で削除】設問b（人）"), True),
        (("new", "【改訂で削除】設問new（人）"), True),
    ]


def test_one_revision_alone_has_its_own_columns() -> None:
    questionnaire = parsed(number("n1"), *ALL_NEW)

    assert joined_columns([questionnaire], {}) == answer_columns(questionnaire.fields, {})
