"""The first sheet: what the workbook is, and how to edit it."""

from collections.abc import Iterator
from typing import Final

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from onepublic.workbook.styles import FONT
from surveys.answerbook.putting import cell_at, put_text
from surveys.authoring.sheets.columns import HEADINGS, ROW
from surveys.authoring.sheets.rules import RULE_HEADINGS, RULES

COVER: Final = "概要"
_STEPS: Final = (
    "節ごとに1枚のシートがあります。シートの順が節の順、行の順が設問の順です。",
    "「設問」の行の下に、その設問の「選択肢」「行」「列」などの行を続けます。",
    "行を挿入し、並べ替え、削除して編集します。新しい行のIDは、空欄のままで構いません。",
    "既にある行のIDは、変更しないでください。前回の回答との対応に使います。",
    "節を加えるときは、節のシートを複製し、「節」の行と設問の行を書き換えてIDを消します。",
    f"「{RULES}」のシートには、設問どうしの関係を調べる規則を1行に一つ書きます。",
    "見出しの行は、変更しないでください。使わない列と、列の順は、変更して構いません。",
    "保存したら、ポータルの「ファイルの読込み・保存」で読み込みます。"
    "誤りがあれば、シート、行、列とともに全て表示されます。読み込むまで、何も変わりません。",
)
_HEAD: Final = PatternFill("solid", "FFE8F1FE")


def draw_cover(sheet: Worksheet, title: str) -> None:
    """Draw it for a survey of this ``title``."""
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 96
    for number, (label, text) in enumerate(_lines(title), 1):
        left, right = cell_at(sheet, number, 1), cell_at(sheet, number, 2)
        is_heading = bool(label) and not text
        left.font = Font(FONT, 16 if number == 1 else 11, bold=is_heading)
        right.font = Font(FONT, 11)
        left.alignment = Alignment(vertical="top")
        right.alignment = Alignment(vertical="top", wrap_text=True)
        put_text(left, label)
        put_text(right, text)
        if is_heading and number > 1:
            left.fill = right.fill = _HEAD


def _lines(title: str) -> Iterator[tuple[str, str]]:
    yield "調査票", ""
    yield "調査名", title
    yield "", ""
    yield "編集の方法", ""
    yield from ((f"（{number}）", step) for number, step in enumerate(_STEPS, 1))
    yield "", ""
    yield "節のシートの列", ""
    yield (
        ROW,
        "行に書くものの種類。「節」「設問」「選択肢」「自由記述」「行」「列」「列の選択肢」。",
    )
    yield from ((name, heading.use) for name, heading in HEADINGS.items())
    yield "", ""
    yield f"「{RULES}」のシートの列", ""
    yield from ((name, heading.use) for name, heading in RULE_HEADINGS.items())
