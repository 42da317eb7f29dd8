"""The table of an analysis as a file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from onepublic.workbook import Cell, Column, Format, Overview, Section, Sheet
from surveys.analysis.asked import Asked
from surveys.analysis.counting import Analysis
from surveys.analysis.tables import Table
from surveys.models import Survey

TITLE: Final = "分析"
NO_SPLIT: Final = "分けない"


def sheet_of(table: Table) -> Sheet:
    """Exactly the lines and columns of the page; shares are fractions in the style of percent."""
    columns = [Column((table.label,), 26, Format.TEXT)]
    columns += [Column((head.label,), 14, head.format) for head in table.heads]
    return Sheet(TITLE, columns, _rows(table), key_columns=1)


def _rows(table: Table) -> Iterator[Sequence[Cell]]:
    for line in table.lines:
        yield [line.name, *line.figures]


def overview_of(survey: Survey, asked: Asked, found: Analysis, at: datetime) -> Overview:
    """What was counted, of whom and when, so that the file tells it by itself."""
    split = found.split
    entries: list[tuple[str, Cell]] = [
        ("調査名", survey.title),
        ("実施", survey.division.full_name),
        ("集計の時点", at),
        ("設問・項目", found.column.label),
        ("項目ID", found.column.key),
        ("単位", found.column.field.unit or None),
        ("分け方", split.title if split else NO_SPLIT),
        ("対象", counted_in_words(asked)),
        ("提出した団体", found.whole.handed_in),
        ("回答した団体", found.whole.answered),
    ]
    if split and split.note:
        entries.append(("注", split.note))
    return Overview("概要", f"{survey.title}　{found.column.label}", [Section(TITLE, entries)])


def counted_in_words(asked: Asked) -> str:
    """Whose answers count."""
    return "受理した回答" if asked.only_accepted else "提出された回答（受理前のものを含む）"
