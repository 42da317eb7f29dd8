"""Numbers to geometry: what the templates of charts draw. Knows no app and no Django.

Lengths across are percent of the drawing's width and heights are ``em``, so that a chart follows
the width of its place and the size of its text, and nothing shrinks on a narrow screen.
"""

from onepublic.core.charts.bars import Bar, BarChart, bar_chart
from onepublic.core.charts.boxes import Box, BoxChart, box_chart
from onepublic.core.charts.groups import MOST_SERIES, GroupChart, grouped_chart, stacked_chart
from onepublic.core.charts.lines import Line, LineChart, Series, line_chart
from onepublic.core.charts.shares import ShareMap, share_map
from onepublic.core.charts.tiles import PREFECTURES, Tile, TileMap, tile_map

__all__ = [
    "MOST_SERIES",
    "PREFECTURES",
    "Bar",
    "BarChart",
    "Box",
    "BoxChart",
    "GroupChart",
    "Line",
    "LineChart",
    "Series",
    "ShareMap",
    "Tile",
    "TileMap",
    "bar_chart",
    "box_chart",
    "grouped_chart",
    "line_chart",
    "share_map",
    "stacked_chart",
    "tile_map",
]
