"""Writing 1,788 organizations × 200 answer columns into a workbook, without a database."""

import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from tempfile import TemporaryFile

from openpyxl import Workbook

from bench.measurement import Measurement, within
from bench.memory import peak_megabytes
from bench.rounds import compare, seconds
from onepublic.workbook import Cell, Column, Sheet, write_workbook

_BENCH = "compile"
_ROWS = 1_788
_COLUMNS = 200
_CPU_GOAL = 0.35  # of openpyxl write-only; hoped for: 0.15
_MEMORY_ALLOWED = 150
_SENTENCES = (
    "人員の確保が課題であり、近隣の市町村と共同での実施を検討している。",
    "令和７年度から、保健所と連携して相談窓口を設けた。",
    "対象者の把握に時間を要している。\n様式の見直しを希望する。",
    "=特になし",
)


def measure() -> list[Measurement]:
    """The writer against openpyxl's fastest mode, its memory, and ten times the rows."""
    return [_writer_cpu(), _writer_memory(), _writer_growth()]


def _writer_cpu() -> Measurement:
    result = compare(write_ours, write_openpyxl, rounds=5)
    return Measurement(
        _BENCH,
        f"workbook writer, {_ROWS:,} × {_COLUMNS}",
        result.subject,
        "CPU s",
        "openpyxl write-only, same cells",
        result.peer,
        result.ratio,
        goal=_CPU_GOAL,
    )


def _writer_memory() -> Measurement:
    peak = peak_megabytes(__name__, write_ten_times.__name__)
    return within(
        _BENCH, f"peak memory, {10 * _ROWS:,} × {_COLUMNS}", peak, "MB", allowed=_MEMORY_ALLOWED
    )


def _writer_growth() -> Measurement:
    """Linear growth is a ratio of 1; a tenth more is allowed for noise."""
    once, ten_times = seconds(write_ours), seconds(write_ten_times)
    return Measurement(
        _BENCH,
        f"{10 * _ROWS:,} × {_COLUMNS}",
        ten_times,
        "CPU s",
        f"10 × {_ROWS:,} × {_COLUMNS}",
        10 * once,
        ten_times / (10 * once),
        goal=1.1,
    )


def write_ours(rows: int = _ROWS) -> None:
    """The cells through our writer, into a file that is thrown away."""
    columns = [Column((f"q{number}", f"設問{number}"), 14) for number in range(_COLUMNS)]
    with TemporaryFile() as file:
        write_workbook(file, [Sheet("回答一覧", columns, _answers(rows), key_columns=3)])


def write_ten_times() -> None:
    """Ten times the rows."""
    write_ours(10 * _ROWS)


def write_openpyxl() -> None:
    """The same cells through openpyxl's write-only mode, with two header rows too."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("回答一覧")
    sheet.append([f"q{number}" for number in range(_COLUMNS)])
    sheet.append([f"設問{number}" for number in range(_COLUMNS)])
    for row in _answers(_ROWS):
        sheet.append(row)
    with TemporaryFile() as file:
        book.save(file)


def _answers(rows: int) -> Iterator[list[Cell]]:
    """Rows as a survey has them; the same few hundred again and again, so that making
    them costs next to nothing."""
    patterns = _patterns()
    for number in range(rows):
        yield [f"{number:06}", *patterns[number % len(patterns)]]


@cache
def _patterns() -> list[list[Cell]]:
    dice = random.Random(20261123)  # noqa: S311 — the same cells in every run
    return [[_answer(dice, column) for column in range(1, _COLUMNS)] for _ in range(447)]


def _answer(dice: random.Random, column: int) -> Cell:
    """A fifth blank; then numbers, options, dates, and sentences that are never the same."""
    if dice.random() < 0.2:
        return None
    answers: list[Cell] = [
        dice.randrange(500_000),
        dice.randrange(3_000),
        dice.random() * 100,
        dice.choice(("はい", "いいえ", "該当なし", "検討中")),
        date(2026, 4, 1 + dice.randrange(30)),
        f"{dice.choice(_SENTENCES)}（{dice.randrange(10**6)}）",
    ]
    return answers[column % len(answers)]
