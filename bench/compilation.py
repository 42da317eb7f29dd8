"""A whole compilation, from the rows of the database to the file, against openpyxl alone."""

import json
import random
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from django.db import connection
from openpyxl import Workbook

from accounts.audience import AudienceRule
from accounts.models import Division, Membership, Organization, User
from accounts.states import DivisionKind, Kind, Level, Role
from bench.database import child_database, scratch_database
from bench.measurement import Measurement, within
from bench.memory import peak_megabytes
from bench.rounds import Comparison, compare, seconds
from onepublic.workbook import Cell, Sheet
from surveys.actions import create_survey, open_survey
from surveys.compilation.content import Content
from surveys.compilation.orders import Order
from surveys.compilation.progress import Progress
from surveys.compilation.sheets import answers
from surveys.compilation.snapshot import snapshot_of
from surveys.compilation.spool import Spool
from surveys.compilation.workbook import pages_of, write_pages
from surveys.models import Survey

_ORGANIZATIONS = 1_788
_SECTIONS = 10
_N = range(20)
_PATTERNS = 97
_GOAL = 0.35  # of openpyxl write-only; hoped for: 0.15
_MEMORY_ALLOWED = 150
_DATA_SHEET = Order(parts=())
_TENTH = ("01", "02", "03", "04", "05")  # of 47 prefectures
_SENTENCE = "人員の確保が課題であり、近隣の市町村と共同での実施を検討している。"
# Each response takes one of the patterns; 357,600 rows are written by the database itself.
_FILL = """
INSERT INTO surveys_answer (assignment_id, field, value, revision, updated_at, updated_by_id)
SELECT assignment.id, given.key, given.value, 1, now(), %s
FROM surveys_assignment assignment, jsonb_each(%s::jsonb -> (assignment.id %% %s)::int) given
"""
_SUBMIT = """
UPDATE surveys_assignment SET state = 'submitted', submitted_at = now(), submitted_by_id = %s,
       receipt_number = id::text
"""


def measure() -> list[Measurement]:
    """CPU of this process for a compilation of 1,788 organizations × 300 questions: its data sheet,
    and all of its sheets, each beside openpyxl writing the same cells; whether it
    grows with the organizations.
    """
    with scratch_database():
        survey = _survey()
        return [_memory(), *_data_sheet(survey), *_whole(survey), _growth(survey)]


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
        "compile", what, result.subject, "CPU s", peer, result.peer, result.ratio, goal=goal
    )


def _memory() -> Measurement:
    """A worker of its own that makes the whole workbook."""
    with child_database():
        peak = peak_megabytes(__name__, compile_all.__name__, django=True)
    what = f"peak memory of a worker, all sheets of {_ORGANIZATIONS:,} organizations"
    return within("compile", what, peak, "MB", allowed=_MEMORY_ALLOWED)


def _growth(survey: Survey) -> Measurement:
    """Linear growth is a ratio of 1, for ten times the organizations; a tenth is for noise."""
    tenth = Order(prefectures=_TENTH)
    with snapshot_of(survey.pk, tenth) as snapshot:
        times = _ORGANIZATIONS / snapshot.counts().asked
    once = seconds(lambda: _compile(survey, tenth))
    all_of_them = seconds(lambda: _compile(survey))
    return Measurement(
        "compile",
        f"survey to all sheets, {times:.1f} × the organizations",
        all_of_them,
        "CPU s",
        f"{times:.1f} × that of {_ORGANIZATIONS / times:.0f} organizations",
        times * once,
        all_of_them / (times * once),
        goal=1.1,
    )


def compile_all() -> None:
    """A whole compilation of the survey that the database of this process holds."""
    _compile(Survey.objects.select_related("division__parent").get())


def _compile(survey: Survey, order: Order | None = None) -> None:
    with TemporaryFile() as file, snapshot_of(survey.pk, order) as snapshot:
        content = Content(survey, snapshot, snapshot.counts(), order)
        write_pages(file, content, Progress(lambda done: None))


def _cells(survey: Survey) -> list[list[Cell]]:
    with snapshot_of(survey.pk) as snapshot:
        content = Content(survey, snapshot, snapshot.counts())
        return [list(row) for row in answers(content.columns, content.responses()).rows]


def _all_cells(survey: Survey) -> list[list[list[Cell]]]:
    with snapshot_of(survey.pk) as snapshot, Spool() as spool:
        content = Content(survey, snapshot, snapshot.counts())
        pages = pages_of(content, spool, Progress(lambda done: None))
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


def _survey() -> Survey:
    ministry = Organization.objects.create(
        code="mhlw", name="厚生労働省", level=Level.MINISTRY, kind=Kind.MINISTRY
    )
    division = Division.objects.create(
        organization=ministry, code="d", name="課", kind=DivisionKind.DIVISION
    )
    Organization.objects.bulk_create(
        Organization(
            code=f"{number:06}",
            name=f"第{number}県",
            level=Level.PREFECTURE,
            kind=Kind.PREFECTURE,
            prefecture_code=f"{number % 47 + 1:02}",
        )
        for number in range(_ORGANIZATIONS)
    )
    person = User.objects.create_user("bench@example.jp", name="職員")
    Membership.objects.create(user=person, division=division, roles=[Role.DRAFTER])
    survey = create_survey(
        {"sections": [_section(number) for number in range(_SECTIONS)], "rules": []},
        by=person,
        division=division,
        title="性能の測定",
        purpose="測定",
        fiscal_year=2026,
        opens_on="2026-11-01",
        due_on="2026-12-11",
        notify_by_mail=False,
        stored_audience=AudienceRule(kinds=[Kind.PREFECTURE]).to_json(),
    )
    open_survey(survey, by=person)
    with connection.cursor() as cursor:
        patterns = json.dumps([_pattern(number) for number in range(_PATTERNS)])
        cursor.execute(_FILL, [person.pk, patterns, _PATTERNS])
        cursor.execute(_SUBMIT, [person.pk])
        cursor.execute("ANALYZE")
    return Survey.objects.select_related("division__parent").get(pk=survey.pk)


def _section(number: int) -> dict[str, Any]:
    """Thirty questions: a yes-no that decides on two others, choices, numbers, texts; in every
    second section one of them is a table of 8 × 4.
    """
    name = f"s{number}"
    yes = {"q": f"{name}a", "op": "eq", "value": True}
    options = [{"value": str(value), "label": f"選択肢{value}"} for value in range(6)]
    numbers = {"unit": "人", "min": 0, "decimals": 0}
    whole = [{"id": f"{name}n{n}", "type": "number", **_required(f"数{n}"), **numbers} for n in _N]
    table = {
        "id": f"{name}t",
        "type": "table",
        "rows": [{"id": f"r{row}", "label": f"行{row}"} for row in range(8)],
        "columns": [{"id": column, "label": column, **numbers} for column in "abcd"],
        "totals": {"row": True, "column": True},
        **_required("内訳"),
    }
    return {
        "id": name,
        "title": f"第{number}節",
        "questions": [
            {"id": f"{name}a", "type": "yesno", **_required("実施の有無")},
            {
                "id": f"{name}b",
                "type": "number",
                "visible_if": yes,
                **_required("実施の数"),
                **numbers,
            },
            {"id": f"{name}c", "type": "date", "visible_if": yes, **_required("開始日")},
            *(
                {"id": f"{name}d{n}", "type": "single", "options": options, **_required(f"形態{n}")}
                for n in range(5)
            ),
            {"id": f"{name}e", "type": "multiple", "options": options, **_required("方法")},
            {"id": f"{name}f", "type": "longtext", "max_length": 1000, **_required("課題")},
            *(whole[1:] if number % 2 else whole),
            *([table] if number % 2 else []),
        ],
    }


def _required(label: str) -> dict[str, Any]:
    return {"label": label, "required": True}


def _pattern(number: int) -> dict[str, object]:
    dice = random.Random(number)  # noqa: S311 - the same answers in every run
    answers: dict[str, object] = {}
    for section in range(_SECTIONS):
        name = f"s{section}"
        answers |= {
            f"{name}a": dice.random() < 0.7,
            f"{name}b": dice.randrange(500),
            f"{name}c": f"2026-04-{dice.randrange(1, 31):02}",
            **{f"{name}d{n}": str(dice.randrange(6)) for n in range(5)},
            f"{name}e": sorted({str(dice.randrange(6)) for _ in range(3)}),
            f"{name}f": f"{_SENTENCE}（{dice.randrange(10**6)}）",
            **{f"{name}n{n}": dice.randrange(500_000) for n in _N if n or not section % 2},
        }
        cells = [f"{name}t.r{r}.{c}" for r in range(8) for c in "abcd" if section % 2]
        answers |= {cell: dice.randrange(3_000) for cell in cells}
    return answers
