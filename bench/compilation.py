"""A whole compilation, from the rows of the database to the file, against openpyxl alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryFile

from openpyxl import Workbook

from accounts.states import Kind
from bench.database import child_database, scratch_database
from bench.large_survey import answered_survey, drafter
from bench.measurement import Measurement, within
from bench.memory import Spent, spent_on
from bench.rounds import Comparison, compare
from onepublic.workbook import Cell, Sheet
from surveys.compilation.content import Content
from surveys.compilation.kept import KeptSnapshot, write_snapshot
from surveys.compilation.orders import Order
from surveys.compilation.progress import Progress
from surveys.compilation.sheets import answers
from surveys.compilation.snapshot import snapshot_of
from surveys.compilation.spool import Spool
from surveys.compilation.workbook import pages_of, write_pages
from surveys.models import Survey

_BENCH = "compile"
_ORGANIZATIONS = 1_788
_TIMES = 10
_GOAL = 0.35  # of openpyxl write-only; hoped for: 0.15
_MEMORY_ALLOWED = 150  # hoped for: 100
_MOST_GROWTH = 1.75  # of the memory, for ten times the organizations
_DATA_SHEET = Order(parts=())


def measure() -> list[Measurement]:
    """CPU of this process for a compilation of 1,788 organizations × 300 questions: its data sheet,
    and all of its sheets, each beside openpyxl writing the same cells; what a worker spends on
    them, and on ten times the organizations.
    """
    with scratch_database():
        person = drafter()
        survey = answered_survey(person, Kind.PREFECTURE, range(_ORGANIZATIONS))
        once = _worker(survey)
        results = [_memory(once), *_data_sheet(survey), *_whole(survey)]
        first = 100_000  # a code that no organization of the first survey has
        many = range(first, first + _TIMES * _ORGANIZATIONS)
        ten_times = _worker(answered_survey(person, Kind.VILLAGE, many))
        return [*results, *_growth(once, ten_times)]


def _data_sheet(survey: Survey) -> list[Measurement]:
    cells = _cells(survey)
    result = compare(lambda: _compile(survey, _DATA_SHEET), lambda: _write([cells]), rounds=3)
    what = f"survey to 回答一覧, {len(cells):,} × {len(cells[0])}"
    return [_beside(what, result, goal=_GOAL)]


def _whole(survey: Survey) -> list[Measurement]:
    sheets = _all_cells(survey)
    result = compare(lambda: _compile(survey), lambda: _write(sheets), rounds=1)
    count = sum(len(row) for rows in sheets for row in rows)
    return [_beside(f"survey to all sheets, {count:,} cells", result, goal=_GOAL)]


def _beside(what: str, result: Comparison, *, goal: float) -> Measurement:
    peer = "openpyxl write-only, same cells"
    return Measurement(
        _BENCH, what, result.subject, "CPU s", peer, result.peer, result.ratio, goal=goal
    )


def _worker(survey: Survey) -> Spent:
    """What a worker of its own spends on the whole workbook."""
    with child_database():
        return spent_on(__name__, compile_all.__name__, str(survey.pk), django=True)


def _memory(spent: Spent) -> Measurement:
    what = f"peak memory of a worker, all sheets of {_ORGANIZATIONS:,} organizations"
    return within(_BENCH, what, spent.megabytes, "MB", allowed=_MEMORY_ALLOWED)


def _growth(once: Spent, ten_times: Spent) -> list[Measurement]:
    """Linear growth of time is a ratio of 1, a tenth is for noise; memory hardly grows: it holds
    the numbers and choices that are counted, no texts.
    """
    many = f"survey to all sheets, {_TIMES * _ORGANIZATIONS:,} organizations"
    once_more = f"that of {_ORGANIZATIONS:,}"
    time = ten_times.seconds, _TIMES * once.seconds
    peak = ten_times.megabytes, once.megabytes
    return [
        Measurement(
            _BENCH, many, time[0], "CPU s", f"{_TIMES} × {once_more}", time[1],
            time[0] / time[1], goal=1.1,
        ),
        Measurement(
            _BENCH, f"peak memory, {many}", peak[0], "MB", once_more, peak[1],
            peak[0] / peak[1], goal=_MOST_GROWTH,
        ),
    ]  # fmt: skip


def compile_all(survey_id: str) -> None:
    """A whole compilation of a survey in the database of this process."""
    _compile(Survey.objects.select_related("division__parent").get(pk=survey_id))


def _compile(survey: Survey, order: Order | None = None) -> None:
    with TemporaryFile() as target, _content(survey, order) as content:
        write_pages(target, content, Progress(_unreported))


@contextmanager
def _content(survey: Survey, order: Order | None = None) -> Iterator[Content]:
    with TemporaryFile() as file:
        with snapshot_of(survey.pk, order) as snapshot:
            write_snapshot(file, snapshot, survey, Progress(_unreported))
        yield Content(survey, KeptSnapshot(file), order)


def _unreported(done: int) -> None:
    pass


def _cells(survey: Survey) -> list[list[Cell]]:
    with _content(survey) as content:
        return [list(row) for row in answers(content.columns, content.responses()).rows]


def _all_cells(survey: Survey) -> list[list[list[Cell]]]:
    with _content(survey) as content, Spool() as spool:
        pages = pages_of(content, spool, Progress(_unreported))
        return [[list(row) for row in page.rows] for page in pages if isinstance(page, Sheet)]


def _write(sheets: list[list[list[Cell]]]) -> None:
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append([_plain(cell) for cell in row])
    with TemporaryFile() as file:
        book.save(file)


def _plain(cell: Cell) -> Cell:
    """openpyxl refuses a time with a zone."""
    return cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell
