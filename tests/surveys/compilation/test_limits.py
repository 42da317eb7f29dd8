"""What one sheet can't hold goes to further sheets; the limits are lowered here."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from onepublic.workbook import SheetLimits
from surveys.compilation.content import Content
from surveys.compilation.kept import KeptSnapshot, write_snapshot
from surveys.compilation.progress import Progress
from surveys.compilation.snapshot import snapshot_of
from surveys.compilation.workbook import write_pages
from surveys.models import Survey
from tests.factories.accounts import OrganizationFactory, PrefectureFactory
from tests.factories.surveys import assignment_of, running_survey, submitted

pytestmark = pytest.mark.django_db(transaction=True)
VILLAGES = 5
EXCEL = SheetLimits()


@pytest.fixture
def survey() -> Survey:
    """Five villages of two prefectures, all of which have answered."""
    areas = [PrefectureFactory.create(code=f"0{n}0006", name=f"第{n}県") for n in (1, 2)]
    villages = [
        OrganizationFactory.create(code=f"01101{n}", prefecture=areas[n % 2])
        for n in range(VILLAGES)
    ]
    survey = running_survey(*villages)
    for number, village in enumerate(villages):
        submitted(assignment_of(survey, village), staff=str(10 + number))
    return survey


def book_within(survey: Survey, limits: SheetLimits) -> Any:
    with snapshot_of(survey.pk) as snapshot:
        kept, progress = BytesIO(), Progress(lambda done: None)
        write_snapshot(kept, snapshot, survey, progress)
    target = BytesIO()
    write_pages(target, Content(survey, KeptSnapshot(kept)), progress, limits=limits)
    return load_workbook(target)


def parts_of(book: Any, title: str) -> list[list[tuple[Any, ...]]]:
    names = [name for name in book.sheetnames if name.partition(" (")[0] == title]
    return [list(book[name].values) for name in names]


def test_more_rows_go_to_further_sheets_under_the_same_heads(survey: Survey) -> None:
    (whole,) = parts_of(book_within(survey, EXCEL), "回答一覧")

    parts = parts_of(book_within(survey, SheetLimits(rows=4)), "回答一覧")

    assert [len(part) for part in parts] == [4, 4, 3]
    assert [part[:2] for part in parts] == [whole[:2]] * 3
    assert [row for part in parts for row in part[2:]] == whole[2:]


def test_more_columns_go_to_further_sheets_beside_the_same_keys(survey: Survey) -> None:
    (whole,) = parts_of(book_within(survey, EXCEL), "回答一覧")

    parts = parts_of(book_within(survey, SheetLimits(columns=10)), "回答一覧")

    assert [len(part[0]) for part in parts] == [10, 10, 6]
    assert [[row[:3] for row in part] for part in parts] == [[row[:3] for row in whole]] * 3
    joined = [[cell for row in rows for cell in row[3:]] for rows in zip(*parts, strict=True)]
    assert joined == [list(row[3:]) for row in whole]


def test_every_answer_is_once_in_the_long_form_of_many_sheets(survey: Survey) -> None:
    (whole,) = parts_of(book_within(survey, EXCEL), "縦持ち")

    parts = parts_of(book_within(survey, SheetLimits(rows=9)), "縦持ち")

    assert len(parts) > VILLAGES
    assert [row for part in parts for row in part[2:]] == whole[2:]


def test_a_chart_shows_only_rows_of_the_sheet_that_it_names(survey: Survey) -> None:
    whole = book_within(survey, EXCEL)
    rows = [row[0].row for row in whole["集計"].iter_rows() if row[3].value == "全国"]

    book = book_within(survey, SheetLimits(rows=rows[-1]))

    titles = [title_of(chart) for chart in book["集計グラフ"]._charts]
    everything = [title_of(chart) for chart in whole["集計グラフ"]._charts]
    assert "職員数（人）　都道府県ごとの平均" in everything
    assert titles == [title for title in everything if title.endswith("（全国）")]


def title_of(chart: Any) -> str:
    return str(chart.title.tx.rich.p[0].r[0].t)
