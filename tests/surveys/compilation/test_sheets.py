"""What the sheets beside 回答一覧 say: 縦持ち, 集計, 自由記述, 未回答 and the history."""

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from surveys.actions import declare_not_applicable
from surveys.actions.pulling_back import pull_back
from surveys.models import Remark, Survey
from surveys.states import Stage
from tests.factories.accounts import OrganizationFactory, PrefectureFactory, person_at
from tests.factories.surveys import DOCUMENT, answer, assignment_of, running_survey, submitted
from tests.surveys.compilation.made import book_of, compiled, rows_of
from tests.surveys.compilation.office import needs_libreoffice, through_libreoffice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def survey() -> Survey:
    """Four villages of two prefectures; the fourth says that nothing applies to it."""
    areas = [PrefectureFactory.create(code=f"0{n}0006", name=f"第{n}県") for n in (1, 2)]
    villages = [
        OrganizationFactory.create(code=f"0{1 + n // 2}10{n}0", name=f"第{n}村", prefecture=area)
        for n, area in enumerate([areas[0], areas[0], areas[1], areas[1]])
    ]
    survey = running_survey(*villages, document=DOCUMENT | {"rules": []})
    submitted(assignment_of(survey, villages[0]), staff="2", form="9", form__9="=委託")
    submitted(assignment_of(survey, villages[1]), staff="0", form="9", form__9="対象外")
    submitted(assignment_of(survey, villages[2]), staff="7", form="1", ways=["1", "2"])
    last = villages[3]
    declare_not_applicable(assignment_of(survey, last), by=person_at(last), reason="業務がない")
    return survey


def test_the_long_form_tells_blank_zero_and_the_two_codes_apart(survey: Survey) -> None:
    rows = rows_of(compiled(survey), "縦持ち")

    said = {(row["#code"], row["#field"]): (row["#status"], row["#value"]) for row in rows}
    assert said["011010", "staff"] == ("回答", 0)
    assert said["011010", "since"] == ("空欄", None)
    assert said["011010", "name"] == ("対象外", None)
    assert said["011010", "form.9"] == ("回答", "対象外")
    assert said["021030", "staff"] == ("該当なし", None)
    assert rows[0]["#label"] == "職員数（人）"


def test_the_summary_counts_by_nation_kind_bureau_and_prefecture(survey: Survey) -> None:
    rows = rows_of(compiled(survey), "集計")

    staff = [row for row in rows if row["#field"] == "staff"]
    counts = ("#asked", "#answered", "#blank", "#none", "#not_applicable")
    figures = ("#sum", "#mean", "#least", "#lower", "#median", "#upper", "#most")
    assert [(row["#division"], row["#group"]) for row in staff] == [
        ("全国", "全国"),
        ("団体の種別", "村"),
        ("地方厚生（支）局", "（なし）"),
        ("都道府県", "第1県"),
        ("都道府県", "第2県"),
    ]
    assert [staff[0][key] for key in counts] == [4, 3, 0, 1, 0]
    assert [staff[0][key] for key in figures] == [9, 3, 0, 1, 2, 4.5, 7]
    assert [staff[3][key] for key in figures] == [2, 1, 0, 0.5, 1, 1.5, 2]
    ways = [row for row in rows if row["#field"] == "ways" and row["#division"] == "全国"]
    assert [(row["#option"], row["#chosen"], row["#share"]) for row in ways] == [
        ("電話", 1, 1),
        ("面談", 1, 1),
        ("特になし", 0, 0),
    ]


def test_charts_stand_over_the_rows_of_the_summary(survey: Survey) -> None:
    book = book_of(compiled(survey))

    summary, charts = book["集計"], book["集計グラフ"]._charts
    titles = [chart.title.tx.rich.p[0].r[0].t for chart in charts]
    assert titles == [
        "職員数（人）　都道府県ごとの平均",
        "窓口の有無　選択した団体の数（全国）",
        "運営の形　選択した団体の数（全国）",
        "相談の方法　選択した団体の数（全国）",
        "相談件数　合計（全国）",
    ]
    areas = [chart.series[0].cat.strRef.f.split("!")[1].replace("$", "") for chart in charts]
    shown = [[cell[0].value for cell in summary[area]] for area in areas]
    assert shown[0] == ["第1県", "第2県"]
    assert shown[3] == ["電話", "面談", "特になし"]
    assert shown[4][0] == "相談件数／新規／男"
    values = charts[0].series[0].val.numRef.f.split("!")[1].replace("$", "")
    assert [cell[0].value for cell in summary[values]] == [1, 7]


def test_free_texts_stand_by_themselves_and_codes_are_none(survey: Survey) -> None:
    rows = rows_of(compiled(survey), "自由記述")

    assert [(row["#name"], row["#field"], row["#length"], row["#text"]) for row in rows] == [
        ("第0村", "form.9", 3, "=委託"),
        ("第1村", "form.9", 3, "対象外"),
    ]


def test_the_history_shows_corrections_between_submissions_only() -> None:
    village = OrganizationFactory.create(name="第一村")
    survey = running_survey(village)
    officer = person_at(village)
    first = submitted(assignment_of(survey, village), officer, staff="3")
    pull_back(first, by=officer, reason="数え直し")
    answer(assignment_of(survey, village), officer, staff="99")
    asked = submitted(assignment_of(survey, village), officer, staff="4", since="R8.4.1")
    for stage, text in ((Stage.INSIDE, "庁内の話"), (Stage.MINISTRY, "確認してください")):
        Remark.objects.create(
            assignment=asked, question_id="staff", stage=stage, text=text, written_by=officer
        )

    rows = rows_of(compiled(survey), "提出・訂正の履歴")

    keys = ("#what", "#field", "#before", "#after", "#words")
    said = [tuple(row[key] for key in keys) for row in rows]
    day = rows[4]["#after"]
    assert said == [
        ("提出", None, None, None, None),
        ("取戻し・差戻し", None, None, None, "数え直し"),
        ("提出", None, None, None, None),
        ("訂正", "staff", 3, 4, None),
        ("訂正", "since", "空欄", day, None),
        ("指摘（厚生労働省）", "staff", None, None, "確認してください"),
    ]
    assert day.date().isoformat() == "2026-04-01"


def test_tables_are_frozen_filtered_and_never_merged(survey: Survey) -> None:
    book = book_of(compiled(survey))

    tables = [sheet for sheet in book if sheet.title not in {"概要", "集計グラフ"}]
    facts = {
        sheet.title: (sheet.freeze_panes, sheet.auto_filter.ref, list(sheet.merged_cells.ranges))
        for sheet in tables
    }
    last = {sheet.title: sheet.dimensions.partition(":")[2] for sheet in tables}
    assert facts == {
        title: (corner, f"A{row}:{last[title]}", [])
        for title, corner, row in (
            ("回答一覧", "D3", 2),
            ("縦持ち", "D3", 2),
            ("集計", "C3", 2),
            ("自由記述", "D3", 2),
            ("未回答", "D3", 2),
            ("設問定義", "B2", 1),
            ("提出・訂正の履歴", "D3", 2),
        )
    }


@needs_libreoffice
def test_libreoffice_shows_every_sheet_and_chart(survey: Survey, tmp_path: Path) -> None:
    compilation = compiled(survey)
    assert compilation.file is not None
    with compilation.file.open() as stream:
        written = stream.read()

    shown = load_workbook(io.BytesIO(through_libreoffice(written, tmp_path)))

    ours = load_workbook(io.BytesIO(written))
    assert shown.sheetnames == ours.sheetnames
    for title in ("回答一覧", "縦持ち", "集計", "自由記述", "設問定義", "提出・訂正の履歴"):
        assert values_of(shown[title]) == values_of(ours[title]), title
    drawn, meant = (areas_of(book["集計グラフ"]) for book in (shown, ours))
    assert len(drawn) == 5
    assert drawn == meant


def values_of(sheet: Any) -> list[list[Any]]:
    """LibreOffice keeps 15 digits of a number, as Excel does, and adds rows without a value."""
    return [
        [round(cell, 12) if isinstance(cell, float) else cell for cell in row]
        for row in sheet.values
        if any(cell is not None for cell in row)
    ]


def areas_of(sheet: Any) -> list[tuple[str, ...]]:
    """What each chart is called and which cells it shows, without the marks of a fixed area."""
    return [
        (
            chart.title.tx.rich.p[0].r[0].t,
            chart.series[0].cat.strRef.f.replace("$", "").replace("'", ""),
            chart.series[0].val.numRef.f.replace("$", "").replace("'", ""),
        )
        for chart in sheet._charts
    ]
