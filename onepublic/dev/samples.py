"""What the components of the style page are filled with."""

from typing import Any

from django.http import QueryDict

from onepublic.core.charts import (
    Series,
    bar_chart,
    box_chart,
    line_chart,
    stacked_chart,
    tile_map,
)
from onepublic.core.sorting import Column, heads, order_in_force, ordered

TONES = [
    ("neutral", "下書き"),
    ("info", "回答中"),
    ("success", "提出済み"),
    ("warning", "期限間近"),
    ("danger", "期限超過"),
]
COLUMNS = [
    Column("都道府県", "code"),
    Column("対象", "asked", numeric=True),
    Column("確認済み", "read", numeric=True),
    Column("備考"),
]
ROWS: list[dict[str, Any]] = [
    {"code": "01", "name": "北海道", "asked": 179, "read": 151, "note": "－"},
    {"code": "13", "name": "東京都", "asked": 62, "read": 62, "note": "全て確認済み"},
    {"code": "47", "name": "沖縄県", "asked": 41, "read": 7, "note": "台風のため期限を延長"},
]
TIMES = ["11/16", "11/17", "11/18", "11/19", "11/20", "11/21", "11/22", "11/23"]
ANSWERS = ["単独の窓口", "他の窓口と兼ねる", "委託", "なし"]
SHARES = [
    ("指定都市", [70.0, 20.0, 10.0, 0.0]),
    ("中核市", [54.8, 25.8, 14.6, 4.8]),
    ("町村", [12.5, 61.1, 3.4, 23.0]),
]


def items(*labels: str, current: int, count: int | None = None) -> list[dict[str, object]]:
    """Entries of tabs or of a navigation; the one at ``current`` is open."""
    return [
        {"label": label, "url": "#", "current": place == current, "count": count}
        for place, label in enumerate(labels)
    ]


def table(query: QueryDict) -> dict[str, object]:
    """A table of three rows in the order that the address asks for."""
    order = order_in_force(query, COLUMNS, default="code")
    rows = [_cells(row) for row in ordered(ROWS, order)]
    return {"columns": heads(query, COLUMNS, order=order), "rows": rows}


def _cells(row: dict[str, Any]) -> list[dict[str, object]]:
    texts = [row["name"], row["asked"], row["read"], row["note"]]
    return [
        {"label": column.label, "numeric": column.numeric, "text": text}
        for column, text in zip(COLUMNS, texts, strict=True)
    ]


def side_items() -> list[dict[str, object]]:
    """Two levels, one of whose pages is open."""
    parts = items("保健活動の体制", "職員の研修", current=1)
    return [
        {"label": "記入の手引き", "url": "#"},
        {"label": "調査票", "url": "#", "note": "12／20問", "children": parts},
        {"label": "提出", "url": "#"},
    ]


def charts() -> dict[str, object]:
    """One chart of each kind, with a gap and a missing value."""
    rates = {f"{code:02}": round((code * 37) % 101 + 0.5, 1) for code in range(1, 47)}
    kinds = [
        ("指定都市", 20),
        ("中核市", 62),
        ("特別区", 23),
        ("その他の保健所設置市", 5),
        ("町村", None),
    ]
    series = [
        Series("提出済み", [12, 80, 205, 390, 610, 905, None, 1502]),
        Series("回答中", [150, 420, 700, 810, 760, 640, 470, 210]),
        Series("差戻し", [0, 2, 5, 9, 14, 12, 9, 4]),
        Series("未着手", [1626, 1286, 878, 579, 404, 231, 150, 72]),
    ]
    return {
        "map": tile_map(rates, unit="％"),
        "bars": bar_chart(kinds, unit="団体"),
        "parts": stacked_chart(ANSWERS, SHARES),
        "boxes": box_chart(
            [
                ("全国", "中央値 12人", (8, 12, 20)),
                ("中核市", "中央値 25人", (18, 25, 32)),
                ("町村", "x", (None, None, None)),
            ],
            own=7,
        ),
        "lines": line_chart(TIMES, series, unit="団体"),
    }
