"""Charts are written as parts of the package, in the words of openpyxl."""

from zipfile import ZipFile

from defusedxml.ElementTree import fromstring

from onepublic.workbook import Chart, Charts, Code, Column, Sheet
from tests.onepublic.workbook.reopening import opened, written

TABLE = Sheet("集計's", [Column(("名称",)), Column(("数",))], [["A", 1], ["B", 2]])
TITLE = "<[values]> & \x07"


def page(*, upright: bool = False) -> Charts:
    return Charts("グラフ", "見出し", [Chart(TITLE, "集計_s", "A2:A3", "B2:B3", 2, upright)])


def test_every_part_is_xml_and_has_its_type() -> None:
    archive = ZipFile(written(TABLE, page(), page(upright=True)))

    parts = {name: fromstring(archive.read(name)) for name in archive.namelist()}
    typed = {each.get("PartName") for each in parts["[Content_Types].xml"]}
    assert {"/xl/drawings/drawing2.xml", "/xl/charts/chart2.xml"} < typed
    assert [name for name in parts if f"/{name}" not in typed and not name.endswith(".rels")] == [
        "[Content_Types].xml"
    ]


def test_openpyxl_finds_the_chart_its_title_and_its_areas() -> None:
    (chart,) = opened(TABLE, page())["グラフ"]._charts

    assert chart.title.tx.rich.p[0].r[0].t == "<[values]> & ␇"
    assert chart.series[0].val.numRef.f == "'集計_s'!$B$2:$B$3"
    assert chart.series[0].cat.strRef.f == "'集計_s'!$A$2:$A$3"


def test_a_page_without_charts_is_left_out() -> None:
    assert opened(TABLE, Charts("グラフ", "見出し", [])).sheetnames == ["集計_s"]


def test_a_code_is_shown_apart_from_the_same_text() -> None:
    sheet = opened(Sheet("回答", [Column(("値",))], [[Code("対象外")], ["対象外"]])).worksheets[0]

    assert [cell.value for cell in sheet["A"][1:]] == ["対象外", "対象外"]
    assert [cell.font.color is not None for cell in sheet["A"][1:]] == [True, False]
