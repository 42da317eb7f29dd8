from datetime import datetime

from onepublic.workbook import Overview, Section
from tests.onepublic.workbook.reopening import opened


def test_an_overview_lists_labelled_values_in_sections() -> None:
    page = Overview(
        "概要",
        "保健所の体制に関する調査",
        [
            Section(
                "調査", [("基準日時", datetime.fromisoformat("2026-11-23T10:05")), ("備考", None)]
            ),
            Section("", [("対象", 1788), ("回答", 0), ("式", "=1+1")]),
        ],
    )
    sheet = opened(page).active
    assert list(sheet.values) == [
        ("保健所の体制に関する調査", None),
        (None, None),
        ("調査", None),
        ("基準日時", datetime.fromisoformat("2026-11-23T10:05")),
        ("備考", None),
        (None, None),
        ("対象", 1788),
        ("回答", 0),
        ("式", "=1+1"),
    ]
    assert sheet["B9"].data_type == "s"


def test_headings_and_labels_are_styled() -> None:
    sheet = opened(Overview("概要", "調査", [Section("件数", [("対象", "長い\n文")])])).active
    assert (sheet["A1"].font.b, sheet["A1"].font.sz) == (True, 14)
    assert sheet["A3"].font.b is True
    assert sheet["A4"].fill.fgColor.rgb == "FFDCE6F1"
    assert sheet["B4"].alignment.wrapText is True
    assert sheet.page_setup.orientation == "portrait"
