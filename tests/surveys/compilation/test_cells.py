from datetime import date

import pytest

from onepublic.workbook import Cell
from surveys.compilation.cells import cell_of
from surveys.compilation.codes import NONE_APPLIES
from surveys.questionnaire import parse_questionnaire
from tests.factories.surveys import DOCUMENT
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import number, parsed

QUESTIONNAIRE = parse_questionnaire(DOCUMENT)
NEW = parsed(number("n1"), *ALL_NEW)


@pytest.mark.parametrize(
    ("key", "value", "cell"),
    [
        ("staff", 0, 0),
        ("staff", 12.5, 12.5),
        ("staff", None, None),
        ("staff", {"none": True}, NONE_APPLIES),
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


@pytest.mark.parametrize(
    ("key", "value", "cell"),
    [
        ("money", 1200, 1200),
        ("share", 12.5, 12.5),
        ("scale", 4, 4),
        ("year", 2026, 2026),
        ("month", "2026-11", "2026-11"),
        ("body", "011002", "011002"),
        ("matrix.r1", "b", "財源"),
        ("more.1.s", "c", "周知"),
        ("more.1.d", "2026-11-23", date(2026, 11, 23)),
        ("more.1.y", False, "いいえ"),
        ("sum", 12.5, 12.5),
    ],
)
def test_values_of_every_type_become_cells(key: str, value: object, cell: Cell) -> None:
    convert = cell_of(NEW.field(key), {})

    assert convert(value) == cell
    assert type(convert(value)) is type(cell)


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        (["b", "a"], ("財源", "人材")),
        (["b"], ("財源", None)),
        (None, (None, None)),
        ({"none": True}, ("該当なし", "該当なし")),
        ("まだ", ("まだ", None)),
    ],
)
def test_a_ranking_fills_a_cell_per_rank(value: object, cells: tuple[Cell, Cell]) -> None:
    field = NEW.field("rank")

    assert tuple(cell_of(field, {}, rank)(value) for rank in (1, 2)) == cells
