"""What Excel repairs or refuses: order of elements, dangling numbers, broken relations.

The order is that of CT_Worksheet, CT_Workbook and CT_Stylesheet in ECMA-376, part 1.
"""

from datetime import date
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring

from onepublic.workbook import Column, Format, Overview, Section, Sheet
from tests.onepublic.workbook.reopening import written

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMNS = [Column((f"q{n}", each.value), format=each) for n, each in enumerate(Format)]
TABLE = Sheet("回答一覧", COLUMNS, [["=1", 2, "長い\n文", 3.5, True, None, date(2026, 4, 1)]], 2)
OVERVIEW = Overview("概要", "調査の概要", [Section("件数", [("対象", 1788), ("備考", "")])])


@pytest.fixture(scope="module")
def parts() -> dict[str, Element]:
    archive = ZipFile(written(OVERVIEW, TABLE))
    assert archive.testzip() is None
    return {name: fromstring(archive.read(name)) for name in archive.namelist()}


def children(element: Element) -> list[str]:
    return [child.tag.removeprefix(MAIN) for child in element]


def test_elements_of_a_table_stand_in_order(parts: dict[str, Element]) -> None:
    assert children(parts["xl/worksheets/sheet2.xml"]) == [
        "sheetPr",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "autoFilter",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "ignoredErrors",
    ]


def test_elements_of_an_overview_stand_in_order(parts: dict[str, Element]) -> None:
    assert children(parts["xl/worksheets/sheet1.xml"]) == [
        "sheetPr",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "pageMargins",
        "pageSetup",
        "headerFooter",
    ]


def test_elements_of_styles_and_workbook_stand_in_order(parts: dict[str, Element]) -> None:
    assert children(parts["xl/styles.xml"]) == [
        "numFmts",
        "fonts",
        "fills",
        "borders",
        "cellStyleXfs",
        "cellXfs",
        "cellStyles",
    ]
    assert children(parts["xl/workbook.xml"]) == [
        "workbookPr",
        "bookViews",
        "sheets",
        "definedNames",
    ]


def test_counts_in_the_style_sheet_are_true(parts: dict[str, Element]) -> None:
    counted = [group for group in parts["xl/styles.xml"] if group.get("count")]
    assert [int(group.get("count", "")) for group in counted] == [len(group) for group in counted]
    assert len(counted) == 7


def test_every_style_that_cells_use_exists(parts: dict[str, Element]) -> None:
    styles = parts["xl/styles.xml"].find(f"{MAIN}cellXfs")
    sheets = [parts[f"xl/worksheets/sheet{number}.xml"] for number in (1, 2)]
    used = {int(cell.get("s", "")) for sheet in sheets for cell in sheet.iter(f"{MAIN}c")}
    assert styles is not None
    assert used <= set(range(len(styles)))


def test_rows_and_cells_ascend(parts: dict[str, Element]) -> None:
    rows = parts["xl/worksheets/sheet2.xml"].findall(f"{MAIN}sheetData/{MAIN}row")
    assert [row.get("r") for row in rows] == ["1", "2", "3"]
    assert [cell.get("r") for cell in rows[2]] == ["A3", "B3", "C3", "D3", "E3", "G3"]


def test_defined_names_match_the_filter_and_the_headers(parts: dict[str, Element]) -> None:
    names = parts["xl/workbook.xml"].findall(f"{MAIN}definedNames/{MAIN}definedName")
    assert [(name.attrib, name.text) for name in names] == [
        (
            {"name": "_xlnm._FilterDatabase", "localSheetId": "1", "hidden": "1"},
            "'回答一覧'!$A$2:$G$3",
        ),
        ({"name": "_xlnm.Print_Titles", "localSheetId": "1"}, "'回答一覧'!$A:$B,'回答一覧'!$1:$2"),
    ]


def test_relations_and_content_types_name_every_part(parts: dict[str, Element]) -> None:
    targets = {f"xl/{each.get('Target')}" for each in parts["xl/_rels/workbook.xml.rels"]}
    typed = {(each.get("PartName") or "").lstrip("/") for each in parts["[Content_Types].xml"]}
    assert targets == set(parts) - {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
        "[Content_Types].xml",
    }
    assert typed - {""} == targets | {"xl/workbook.xml"}


def test_only_the_first_sheet_is_selected(parts: dict[str, Element]) -> None:
    views = [
        parts[f"xl/worksheets/sheet{number}.xml"].find(f"{MAIN}sheetViews/{MAIN}sheetView")
        for number in (1, 2)
    ]
    assert [view.get("tabSelected") for view in views if view is not None] == ["1", None]
