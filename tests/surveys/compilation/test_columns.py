from datetime import date

import pytest

from onepublic.workbook import Cell, Format
from surveys.compilation.columns import answer_column, cell_of
from surveys.questionnaire import parse_questionnaire
from tests.factories.surveys import DOCUMENT

QUESTIONNAIRE = parse_questionnaire(DOCUMENT)


@pytest.mark.parametrize(
    ("key", "value", "cell"),
    [
        ("staff", 0, 0),
        ("staff", 12.5, 12.5),
        ("staff", None, None),
        ("staff", {"none": True}, "該当なし"),
        ("desk", True, "はい"),
        ("desk", False, "いいえ"),
        ("name", "=1+1", "=1+1"),
        ("form", "9", "その他"),
        ("form.9", "委託", "委託"),
        ("ways", ["1", "2"], "電話；面談"),
        ("since", "2026-11-23", date(2026, 11, 23)),
        ("since", "去年", "去年"),
        ("plan", ["a1", "b2"], "計画.pdf；b2"),
    ],
)
def test_a_value_becomes_its_cell(key: str, value: object, cell: Cell) -> None:
    convert = cell_of(QUESTIONNAIRE.field(key), {"a1": "計画.pdf"})

    assert convert(value) == cell
    assert type(convert(value)) is type(cell)


def test_a_column_is_headed_by_id_and_label_with_unit() -> None:
    column = answer_column(QUESTIONNAIRE.field("cases.new.m"))

    assert column.headers == ("cases.new.m", "相談件数／新規／男（件）")
    assert column.format is Format.COUNT
