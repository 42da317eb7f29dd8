"""The first sheet: what it is about, by when, how to fill it in and give it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from surveys.answerbook.layout import SectionSheet
from surveys.answerbook.lines import LABEL, LAST_TEXT, NUMBER, Box, Line, Look, line

_WIDTH: Final = LAST_TEXT - NUMBER + 1
_TEXTS: Final = LAST_TEXT - LABEL + 1
_ENTRY: Final = LAST_TEXT - LABEL
_STEPS: Final = (
    "色の付いた欄に入力してください。一覧から選ぶ欄では、欄の右に出る「▼」から選びます。",
    "「▶」で始まる条件の付いた設問は、条件に当てはまる場合だけ回答してください。"
    "当てはまらない設問への入力は、取り込まれません。",
    "合計などの灰色の欄は、自動で計算されます。",
    "数がない場合は「0」を入力してください。空欄は「未回答」として扱います。",
    "行・列・シートの追加や削除、並べ替えはしないでください。マクロは使用していません。",
    "ファイルの添付が必要な設問は、ポータルの回答画面で添付してください。",
    "前回との差などの「注意」に対する理由を入力する欄は、このExcelにはありません。"
    "読み込んだ後に、ポータルの「回答の確認」の画面で入力してください。",
    "入力を終えたら保存し、ポータルの「Excelで回答する」の画面から読み込んでください。"
    "読み込む前に、変更点と誤りの箇所が表示されます。読み込んだだけでは提出になりません。",
)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first sheet says; all texts as they are printed."""

    title: str
    organization: str
    deadline: str
    asked_by: str
    contact: str
    purpose: str
    made_at: str
    address: str


def cover_lines(cover: Cover, sheets: Sequence[SectionSheet]) -> Iterator[Line]:
    """The lines of the sheet."""
    yield line(Box(NUMBER, cover.title, Look.TITLE, _WIDTH), least=36)
    yield line(Box(NUMBER, "回答用Excel", Look.QUIET, _WIDTH))
    yield Line()
    for label, text in _entries(cover):
        yield line(Box(NUMBER, label, Look.HEAD, 1), Box(LABEL, text, Look.ROW_HEAD, _TEXTS))
    yield Line()
    yield _strip("記入と読込みの方法")
    for number, step in enumerate(_STEPS, 1):
        yield line(Box(NUMBER, str(number), Look.STRIP_NUMBER), Box(LABEL, step, Look.TEXT, _TEXTS))
    yield Line()
    yield _strip("シートの一覧（押すと移動します）")
    for sheet in sheets:
        yield _entry(sheet)


def _entries(cover: Cover) -> list[tuple[str, str]]:
    return [
        ("機関", cover.organization),
        ("期限", cover.deadline),
        ("実施", cover.asked_by),
        ("問合せ先", cover.contact),
        ("目的", cover.purpose),
        ("読込み先", cover.address),
        ("作成", cover.made_at),
    ]


def _strip(text: str) -> Line:
    return line(Box(NUMBER, text, Look.STRIP, _WIDTH), least=24)


def _entry(sheet: SectionSheet) -> Line:
    title = sheet.title.replace("'", "''")
    link = f"'{title}'!B2"
    count = sum(box.look is Look.STRIP for each in sheet.lines for box in each.boxes)
    return line(
        Box(NUMBER, str(sheet.number), Look.STRIP_NUMBER),
        Box(LABEL, sheet.section.title, Look.LINK, _ENTRY, link=link),
        Box(LAST_TEXT, f"{count}問", Look.ROW_HEAD),
    )
