"""履歴: what was handed in, given back and corrected, as far as the ministry has seen it.

Values are compared between submissions only: what an organization typed before it handed in, and
remarks inside it, are its own matter.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from onepublic.workbook import Cell, Column, Format, Sheet
from surveys.compilation.cells import Convert
from surveys.compilation.codes import BLANK
from surveys.compilation.kept import KeptSnapshot
from surveys.questionnaire.values import NONE_LABEL
from surveys.states import Stage

TITLE: Final = "提出・訂正の履歴"  # Excel keeps 「履歴」 for itself
_COLUMNS: Final = (
    Column(("#code", "団体コード"), 11, Format.TEXT),
    Column(("#prefecture", "都道府県"), 11),
    Column(("#name", "団体名"), 16),
    Column(("#at", "日時"), 18),
    Column(("#what", "種類"), 14),
    Column(("#receipt", "受付番号"), 22, Format.TEXT),
    Column(("#field", "項目ID"), 20, Format.TEXT),
    Column(("#before", "前の値"), 30),
    Column(("#after", "後の値"), 30),
    Column(("#words", "理由・内容"), 60, Format.LONG_TEXT),
)


def history(snapshot: KeptSnapshot, converters: Mapping[str, Convert]) -> Sheet:
    """Submissions with their corrections by organization, then the remarks of those who check.

    ``converters`` turn the stored value of a field, by its key, into its cell.
    """
    rows = chain(_submissions(snapshot, converters), _remarks(snapshot))
    return Sheet(TITLE, _COLUMNS, rows, key_columns=3)


def _submissions(
    snapshot: KeptSnapshot, converters: Mapping[str, Convert]
) -> Iterator[Sequence[Cell]]:
    for row in snapshot.submissions():
        who, (at, receipt, ended_at, ended_why, nothing_why) = row[:3], row[3:8]
        what = f"「{NONE_LABEL}」の提出" if nothing_why else "提出"
        yield (*who, at, what, receipt, None, None, None, nothing_why)
        values, before = (json.loads(each) if each else {} for each in row[8:])
        for key, old, new in _corrections(before, values, converters):
            yield (*who, at, "訂正", receipt, key, old, new, None)
        if ended_at:
            yield (*who, ended_at, "取戻し・差戻し", receipt, None, None, None, ended_why)


def _corrections(
    before: Mapping[str, object], after: Mapping[str, object], converters: Mapping[str, Convert]
) -> Iterator[tuple[str, Cell, Cell]]:
    for key, convert in converters.items():
        old, new = before.get(key), after.get(key)
        if old != new:
            yield key, _shown(convert(old)), _shown(convert(new))


def _shown(value: Cell) -> Cell:
    return BLANK if value is None or value == "" else value


def _remarks(snapshot: KeptSnapshot) -> Iterator[Sequence[Cell]]:
    for row in snapshot.remarks():
        who, (at, stage, question, text) = row[:3], row[3:]
        what = f"指摘（{Stage(stage).label}）"
        yield (*who, at, what, None, question, None, None, text)
