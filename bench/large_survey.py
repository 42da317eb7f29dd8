"""A large survey with all its answers, for benches: 300 questions, five of them tables of 8 × 4."""

import json
import random
from typing import Any

from django.db import connection

from accounts.audience import AudienceRule
from accounts.models import Division, Membership, Organization, User
from accounts.states import DivisionKind, Kind, Level, Role
from surveys.actions import create_survey, open_survey
from surveys.models import Survey

_SECTIONS = 10
_N = range(20)
_PATTERNS = 97
_SENTENCE = "人員の確保が課題であり、近隣の市町村と共同での実施を検討している。"
# Each response takes one of the patterns; the rows are written by the database itself.
_FILL = """
INSERT INTO surveys_answer (assignment_id, field, value, revision, updated_at, updated_by_id)
SELECT assignment.id, given.key, given.value, 1, now(), %s
FROM surveys_assignment assignment, jsonb_each(%s::jsonb -> (assignment.id %% %s)::int) given
WHERE assignment.survey_id = %s
"""
_SUBMIT = """
UPDATE surveys_assignment SET state = 'submitted', submitted_at = now(), submitted_by_id = %s,
       receipt_number = id::text
WHERE survey_id = %s
"""


def drafter() -> User:
    """Who makes the surveys of a bench, at a ministry of one division."""
    ministry = Organization.objects.create(
        code="mhlw", name="厚生労働省", level=Level.MINISTRY, kind=Kind.MINISTRY
    )
    division = Division.objects.create(
        organization=ministry, code="d", name="課", kind=DivisionKind.DIVISION
    )
    person = User.objects.create_user("bench@example.jp", name="職員")
    Membership.objects.create(user=person, division=division, roles=[Role.DRAFTER])
    return person


def answered_survey(person: User, kind: Kind, codes: range) -> Survey:
    """A survey of 300 questions that was sent to new organizations of a kind that none had, and
    that all of them have answered.
    """
    Organization.objects.bulk_create(
        Organization(
            code=f"{number:06}",
            name=f"第{number}県",
            level=Level.PREFECTURE,
            kind=kind,
            prefecture_code=f"{number % 47 + 1:02}",
        )
        for number in codes
    )
    survey = _open_survey(person, kind)
    with connection.cursor() as cursor:
        patterns = json.dumps([_pattern(number) for number in range(_PATTERNS)])
        cursor.execute(_FILL, [person.pk, patterns, _PATTERNS, survey.pk])
        cursor.execute(_SUBMIT, [person.pk, survey.pk])
        cursor.execute("ANALYZE")
    return survey


def _open_survey(person: User, kind: Kind) -> Survey:
    survey = create_survey(
        {"sections": [_section(number) for number in range(_SECTIONS)], "rules": []},
        by=person,
        division=Division.objects.get(),
        title="性能の測定",
        purpose="測定",
        fiscal_year=2026,
        opens_on="2026-11-01",
        due_on="2026-12-11",
        notify_by_mail=False,
        stored_audience=AudienceRule(kinds=[kind]).to_json(),
    )
    open_survey(survey, by=person)
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
