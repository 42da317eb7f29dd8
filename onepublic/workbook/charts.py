"""A page of charts: bars over cells that other sheets hold.

openpyxl serialises one chart of each direction; its title and areas are then put in as text, which
costs a hundredth of building each chart anew.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.series import Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.xml.functions import tostring

from onepublic.workbook import styles
from onepublic.workbook.layout import page_setup, sheet_head, text_cell
from onepublic.workbook.package import Package
from onepublic.workbook.sheets import Chart, Charts
from onepublic.workbook.text import fit_text, visible_text

_TITLE, _NAMES, _VALUES = "[title]", "[names]", "[values]"
_LONGEST_TITLE = 200
_COLOUR = "0017C1"
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_UNIT = 360_000  # English Metric Units in a centimetre
_WIDTH_CM, _UPRIGHT_CM, _FRAME_CM, _BAR_CM = 26, 9, 3.5, 0.6
_ROW_CM = 0.66
_FIRST_ROW = 2
_SPACE_ROWS = 1
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_charts(package: Package, page: Charts) -> None:
    """Write the page; one without charts is left out."""
    charts = list(page.charts)
    if not charts:
        return
    heading = f'<row r="1">{text_cell("A1", page.heading, styles.HEADING)}</row>'
    selected = ' tabSelected="1"' if package.is_empty else ""
    view = f'<sheetView{selected} showGridLines="0" workbookViewId="0"/>'
    with package.new_sheet(page.title) as entry:
        end = f'</sheetData>{page_setup("portrait")}<drawing r:id="rId1"/></worksheet>'
        entry.write(f"{sheet_head(view, [(12, 0)])}{heading}{end}".encode())
    package.add_drawing(_drawing(charts), [chart_xml(chart) for chart in charts])


def chart_xml(chart: Chart) -> str:
    """The part of one chart."""
    sheet = "'" + chart.sheet.replace("'", "''") + "'!"
    xml = _template(upright=chart.upright)
    for mark, area in ((_NAMES, chart.names), (_VALUES, chart.values)):
        xml = xml.replace(mark, escape(sheet + _fixed(area)))
    title = fit_text(visible_text(chart.title), _LONGEST_TITLE, "…")
    return xml.replace(_TITLE, escape(title))


def _fixed(area: str) -> str:
    """F3:F8 as $F$3:$F$8."""
    return _CELL.sub(r"$\1$\2", area)


@cache
def _template(*, upright: bool) -> str:
    chart = BarChart()
    chart.type = "col" if upright else "bar"
    chart.title = _TITLE
    chart.legend = None
    chart.gapWidth = 40
    names = AxDataSource(strRef=StrRef(f=_NAMES))
    series = Series(idx=0, order=0, cat=names, val=NumDataSource(numRef=NumRef(f=_VALUES)))
    series.graphicalProperties = GraphicalProperties(solidFill=_COLOUR)
    chart.series.append(series)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
    if not upright:
        chart.x_axis.scaling.orientation = "maxMin"  # the first bar on top
    serialised: Any = tostring(chart._write())  # type: ignore[attr-defined]
    return str(serialised.decode())


def _drawing(charts: Sequence[Chart]) -> str:
    anchors = "".join(_anchors(charts))
    return (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{_MAIN}" xmlns:c="{_CHART}"'
        f' xmlns:r="{_OFFICE}">{anchors}</xdr:wsDr>'
    )


def _anchors(charts: Iterable[Chart]) -> Iterator[str]:
    row = _FIRST_ROW
    for number, chart in enumerate(charts, 1):
        height = _UPRIGHT_CM if chart.upright else _FRAME_CM + _BAR_CM * chart.bars
        size = f'cx="{_WIDTH_CM * _UNIT}" cy="{int(height * _UNIT)}"'
        yield (
            "<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>"
            f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext {size}/>"
            f'<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="{number + 1}"'
            f' name="グラフ {number}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
            f'<a:graphicData uri="{_CHART}"><c:chart r:id="rId{number}"/></a:graphicData>'
            "</a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>"
        )
        row += ceil(height / _ROW_CM) + _SPACE_ROWS
