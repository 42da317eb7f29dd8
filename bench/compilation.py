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
from bench.database import scratch_database
from bench.measurement import Measurement
from bench.rounds import compare
from onepublic.workbook import Cell
from surveys.actions import create_survey, open_survey
from surveys.compilation.columns import answer_columns
from surveys.compilation.running import write_pages
from surveys.compilation.sheets import answers
from surveys.compilation.snapshot import snapshot_of
from surveys.models import Survey
from surveys.responses import questionnaire_of

_ORGANIZATIONS = 1_788
_SECTIONS = 10
_PATTERNS = 97
_GOAL = 1.0
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
    """CPU of this process for 1,788 × 200 answers, beside openpyxl writing the same cells."""
    with scratch_database():
        survey = _survey()
        cells = _cells(survey)
        result = compare(lambda: _compile(survey), lambda: _write(cells), rounds=3)
    return [
        Measurement(
            "compile",
            f"survey to workbook, {len(cells):,} × {len(cells[0])}",
            result.subject,
            "CPU s",
            "openpyxl write-only, same cells",
            result.peer,
            result.ratio,
            goal=_GOAL,
        )
    ]


def _compile(survey: Survey) -> None:
    with TemporaryFile() as file, snapshot_of(survey.pk) as snapshot:
        write_pages(file, survey, snapshot, snapshot.counts(), lambda done: None)


def _cells(survey: Survey) -> list[list[Cell]]:
    questionnaire = questionnaire_of(survey.revisions.get())
    with snapshot_of(survey.pk) as snapshot:
        columns = answer_columns(questionnaire.fields, {})
        sheet = answers(questionnaire, columns, snapshot.rows(), {}, lambda done: None)
        return [list(row) for row in sheet.rows]


def _write(cells: list[list[Cell]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("回答一覧")
    for row in cells:
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
    """Twenty fields: a yes-no that decides on two others, choices, numbers, texts, a table."""
    name = f"s{number}"
    yes = {"q": f"{name}a", "op": "eq", "value": True}
    options = [{"value": str(value), "label": f"選択肢{value}"} for value in range(6)]
    numbers = {"unit": "人", "min": 0, "decimals": 0}
    columns = [{"id": column, "label": column, **numbers} for column in ("m", "f")]
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
            {"id": f"{name}d", "type": "single", "options": options, **_required("形態")},
            {"id": f"{name}e", "type": "multiple", "options": options, **_required("方法")},
            {"id": f"{name}f", "type": "longtext", "max_length": 1000, **_required("課題")},
            *(
                {"id": f"{name}n{n}", "type": "number", **_required(f"数{n}"), **numbers}
                for n in range(6)
            ),
            {
                "id": f"{name}t",
                "type": "table",
                "rows": [{"id": f"r{row}", "label": f"行{row}"} for row in range(4)],
                "columns": columns,
                "totals": {"row": True, "column": True},
                **_required("内訳"),
            },
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
            f"{name}d": str(dice.randrange(6)),
            f"{name}e": sorted({str(dice.randrange(6)) for _ in range(3)}),
            f"{name}f": f"{_SENTENCE}（{dice.randrange(10**6)}）",
            **{f"{name}n{n}": dice.randrange(500_000) for n in range(6)},
            **{f"{name}t.r{r}.{c}": dice.randrange(3_000) for r in range(4) for c in "mf"},
        }
    return answers
