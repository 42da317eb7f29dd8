from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.states import Kind
from surveys.actions import request_compilation
from surveys.models import Compilation, Survey
from surveys.tasks import run_compilation
from tests.factories.accounts import OrganizationFactory
from tests.factories.surveys import DOCUMENT, assignment_of, running_survey, submitted
from tests.surveys.questionnaire.all_types import ALL_NEW
from tests.surveys.questionnaire.building import number

pytestmark = pytest.mark.django_db(transaction=True)

SECTION = {"id": "new", "title": "新しい形式", "questions": [number("n1"), *ALL_NEW]}
TYPED: dict[str, Any] = {
    "n1": "２０",
    "email": "ｔantou@example.jp",
    "tel": "03-5253-1111 内線 12",
    "url": "https://www.example.jp/",
    "body": "012033",
    "money": "1,000千円",
    "share": "12.5％",
    "scale": "4",
    "rank": ["c", ""],
    "year": "令和8年度",
    "month": "R8.11",
    "table__r1__n": "5",
    "table__r1__t": "訪問",
    "table__r2__s": "財源",
    "table__r2__y": "いいえ",
    "more__1__n": "0",
    "more__2__n": "7",
    "matrix__r2": "b",
}


def compiled(survey: Survey) -> list[dict[str, object]]:
    """The rows of the answers, by the ids of their columns."""
    compilation = request_compilation(survey, by=survey.created_by)
    run_compilation(compilation_id=compilation.pk)
    file = Compilation.objects.get(pk=compilation.pk).file
    assert file is not None
    with file.open() as stream:
        ids, _, *rows = load_workbook(stream)["回答一覧"].values
    return [dict(zip(map(str, ids), row, strict=True)) for row in rows]


def test_every_type_arrives_in_the_workbook() -> None:
    village, other = OrganizationFactory.create_batch(2)
    OrganizationFactory.create(code="012033", kind=Kind.CITY)
    document = DOCUMENT | {"sections": [*DOCUMENT["sections"], SECTION]}
    survey = running_survey(village, other, document=document)
    submitted(assignment_of(survey, village), **TYPED)

    row = next(row for row in compiled(survey) if row["#code"] == village.code)

    assert {key: row[key] for key in list(row) if key in ALL_CELLS} == ALL_CELLS
    assert [key for key in row if key.startswith("more.3")] == []


ALL_CELLS: dict[str, object] = {
    "email": "tantou@example.jp",
    "tel": "03-5253-1111（内線12）",
    "url": "https://www.example.jp/",
    "body": "012033",
    "money": 1000,
    "share": 12.5,
    "scale": 4,
    "rank.1": "周知",
    "rank.2": None,
    "year": 2026,
    "month": "2026-11",
    "table.r1.n": 5,
    "table.r1.t": "訪問",
    "table.r2.n": None,
    "table.r2.s": "財源",
    "table.r2.y": "いいえ",
    "more.1.n": 0,
    "more.1.t": None,
    "more.2.n": 7,
    "matrix.r1": None,
    "matrix.r2": "財源",
    "sum": 25,
}
