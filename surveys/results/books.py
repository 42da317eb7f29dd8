"""Released results as a workbook and as CSV: everything that the pages show, for every group."""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from django.utils.timezone import localdate

from onepublic.core.wareki import wareki
from onepublic.workbook import (
    Cell,
    Code,
    Column,
    Format,
    Label,
    Overview,
    Section,
    Sheet,
    write_csv,
    write_workbook,
)
from surveys.compilation.groups import KIND, NATION, PREFECTURE
from surveys.models import Release
from surveys.results.frozen import Answers, Head, ReleasedColumn, ReleasedSection, Shown
from surveys.results.words import HIDDEN

MEDIA_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_COLUMNS: Final = (
    Column(("項目ID",), 18, Format.TEXT),
    Column(("設問・項目",), 44),
    Column(("単位",), 8),
    Column(("区分",), 14),
    Column(("名称",), 14),
    Column(("選択肢",), 24),
    Column(("提出した団体",), 12, Format.COUNT),
    Column(("回答した団体",), 12, Format.COUNT),
    Column(("選択した団体",), 12, Format.COUNT),
    Column(("回答に占める割合",), 14, Format.PERCENT),
    Column(("第1四分位数",), 12, Format.TWO_PLACES),
    Column(("中央値",), 12, Format.TWO_PLACES),
    Column(("第3四分位数",), 12, Format.TWO_PLACES),
)
_HIDDEN: Final = Code(HIDDEN)


def write_results(
    target: BinaryIO, ending: str, release: Release, head: Head, sections: Iterable[ReleasedSection]
) -> None:
    """Write all of a release to ``target``; ``ending`` is one of MEDIA_TYPES."""
    sheet = Sheet("結果", _COLUMNS, _rows(head, sections), key_columns=2)
    if ending == "csv":
        write_csv(target, sheet)
    else:
        write_workbook(target, [_overview(release, head), sheet])


def _overview(release: Release, head: Head) -> Overview:
    survey = release.survey
    entries: list[tuple[str, Cell]] = [
        ("調査名", survey.title),
        ("実施", survey.division.full_name),
        ("基準日", wareki(survey.base_date) if survey.base_date else None),
        ("公表日", wareki(localdate(release.released_at))),
        ("集計の時点", head.taken_at),
        ("依頼した団体", head.asked),
        ("提出した団体", head.handed_in),
        ("結果の活用", release.note or None),
    ]
    return Overview(
        "概要", survey.title, [Section("調査", entries), Section("読み方", _reading(head.smallest))]
    )


def _reading(smallest: int) -> list[tuple[str, Cell]]:
    return [
        (HIDDEN, f"秘匿した値。{smallest}団体未満の数と、それを合計などから逆算できる数"),
        ("中央値", f"{2 * smallest}団体以上の値があるときに示す"),
        ("四分位数", f"{4 * smallest}団体以上の値があるときに示す"),
        ("（空のセル）", "その設問にはない数"),
    ]


def _rows(head: Head, sections: Iterable[ReleasedSection]) -> Iterator[Sequence[Cell]]:
    for section in sections:
        for column in section.columns:
            for division, name, size, shown in _groups(head, column):
                yield from _lines(column, division, name, size, shown)


def _groups(head: Head, column: ReleasedColumn) -> Iterator[tuple[str, str, int | None, Shown]]:
    yield NATION, NATION, head.handed_in, column.nation
    for division, groups, shown in (
        (KIND, head.kinds, column.kinds),
        (PREFECTURE, head.prefectures, column.prefectures),
    ):
        for group, each in zip(groups, shown, strict=True):
            yield division, group.name, group.size, each


def _lines(
    column: ReleasedColumn, division: str, name: str, size: int | None, shown: Shown
) -> Iterator[Sequence[Cell]]:
    names = [Label(each) for each in (column.key, column.label, column.unit, division, name)]
    counts = [_cell(size), _cell(shown.answered)]
    if column.answers is Answers.NUMBER:
        quartiles = [shown.lower, shown.median, shown.upper]
        nobody = shown.answered == 0
        yield [
            *names,
            None,
            *counts,
            None,
            None,
            *(None if nobody else _cell(q) for q in quartiles),
        ]
        return
    options = shown.options or (None,) * len(column.options)
    for option, count in zip(column.options, options, strict=True):
        share = _share(count, shown.answered)
        yield [*names, Label(option), *counts, _cell(count), share, None, None, None]


def _cell(value: float | None) -> Cell:
    return _HIDDEN if value is None else value


def _share(count: int | None, answered: int | None) -> Cell:
    if count is None or answered is None:
        return _HIDDEN
    return count / answered if answered else None
