"""The columns of a section's sheet, and what each holds for every kind of row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from surveys.authoring.sheets.cells import (
    CONDITION,
    FLAG,
    ID,
    KINDS,
    LIMIT,
    NECESSITY,
    NUMBER,
    PLACES,
    SIDE,
    TEXT,
    TOTALS,
    TYPE,
    WORDS,
    Form,
)

ROW: Final = "区分"
LABEL: Final = "設問文・名称"
SECTION, QUESTION, OPTION, FREE_TEXT, TABLE_ROW, COLUMN, COLUMN_OPTION = (
    "節", "設問", "選択肢", "自由記述", "行", "列", "列の選択肢",
)  # fmt: skip
ROWS: Final = (SECTION, QUESTION, OPTION, FREE_TEXT, TABLE_ROW, COLUMN, COLUMN_OPTION)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its form, its width in characters, and what a person writes there."""

    form: Form
    width: int
    use: str


HEADINGS: Final[Mapping[str, Heading]] = {
    "ID": Heading(ID, 12, "半角の英数字。新しい行では空欄のままにすると、自動で付きます。"),
    "形式": Heading(TYPE, 18, "設問と列の形式。列で空欄にすると「数値」です。"),
    LABEL: Heading(TEXT, 48, "設問文、又は節、選択肢、行、列の名称。"),
    "必須": Heading(NECESSITY, 8, "「必須」又は「任意」。空欄は「任意」です。"),
    "単位": Heading(TEXT, 8, "人、件、千円など。"),
    "最小": Heading(LIMIT, 11, "数、日付（2026-04-01）、年月（2026-04）、選ぶ数、行数の下限。"),
    "最大": Heading(LIMIT, 11, "同じく上限。順位付けでは順位の数、ファイルでは個数。"),
    "小数桁": Heading(NUMBER, 8, "小数点以下の桁数（0から6）。"),
    "文字数": Heading(NUMBER, 8, "最大の文字数。空欄は、1行で100字、複数行で500字です。"),
    "説明": Heading(TEXT, 36, "設問や節の下に示す説明。"),
    "表示条件": Heading(CONDITION, 30, "この条件に当てはまる場合だけ表示します。例：${q1} = 'yes'"),
    "計算式": Heading(SIDE, 30, "自動計算の式。例：${q1} + ${q2}"),
    "本文": Heading(TEXT, 36, "説明文の本文、画像の代替テキスト。"),
    "合計": Heading(TOTALS, 8, "表の合計。「行」「列」「行・列」又は「なし」。"),
    "入力しない欄": Heading(PLACES, 16, "表の欄を「行のID.列のID」で、改行で区切って並べます。"),
    "該当なし": Heading(FLAG, 9, "「はい」で「該当なし」と答えられます。"),
    "前回の値": Heading(FLAG, 9, "「はい」で前回の回答を表示します。"),
    "桁区切り": Heading(FLAG, 9, "「いいえ」で3桁ごとの区切りを付けません。"),
    "年度": Heading(FLAG, 8, "「はい」で年度として尋ねます。"),
    "排他": Heading(FLAG, 8, "「はい」でほかの選択肢と同時に選べません。"),
    "最小の言葉": Heading(TEXT, 12, "段階の下の端の言葉。"),
    "最大の言葉": Heading(TEXT, 12, "段階の上の端の言葉。"),
    "団体の種別": Heading(KINDS, 18, "選べる団体の種別（「、」で区切る）。空欄は全てです。"),
    "拡張子": Heading(WORDS, 16, "添付できるファイルの種類。例：.pdf、.xlsx"),
    "最大MB": Heading(NUMBER, 9, "ファイル1個の大きさの上限。"),
    "書式": Heading(TEXT, 20, "1行の文字が従う正規表現。"),
    "画像": Heading(ID, 16, "保存済みの画像の番号。変更しないでください。"),
    "図の説明": Heading(TEXT, 20, "画像の下に示す説明。"),
}
Keys = Mapping[str, str]

_NAMED: Final[Keys] = {"ID": "id", LABEL: "label"}
_OPTION: Final[Keys] = {"ID": "value", LABEL: "label"}
_SHOWN: Final[Keys] = {**_NAMED, "形式": "type", "説明": "help", "表示条件": "visible_if"}
_ASKED: Final[Keys] = {"必須": "required", "該当なし": "allow_none", "前回の値": "carry_over"}
_RANGE: Final[Keys] = {"最小": "min", "最大": "max"}
_LENGTH: Final[Keys] = {"文字数": "max_length"}
_NUMBER: Final[Keys] = {
    **_RANGE, "単位": "unit", "小数桁": "decimals", "桁区切り": "grouped",
}  # fmt: skip
_TABLE: Final[Keys] = {"合計": "totals"}
_BY_TYPE: Final[Mapping[str, Keys]] = {
    "single": {},
    "multiple": {"最小": "min_select", "最大": "max_select"},
    "ranking": {"最大": "max_rank"},
    "number": _NUMBER,
    "currency": {**_RANGE, "単位": "unit"},
    "percent": {**_RANGE, "小数桁": "decimals"},
    "scale": {**_RANGE, "最小の言葉": "min_label", "最大の言葉": "max_label"},
    "text": {**_LENGTH, "書式": "pattern"},
    **dict.fromkeys(("longtext", "email", "tel", "url"), _LENGTH),
    "date": _RANGE,
    "month": _RANGE,
    "year": {**_RANGE, "年度": "fiscal"},
    "yesno": {},
    "organization": {"団体の種別": "kinds"},
    "table": {**_TABLE, "入力しない欄": "disabled_cells"},
    "dynamic_table": {**_TABLE, "最小": "min_rows", "最大": "max_rows"},
    "matrix": {},
    "file": {"拡張子": "accept", "最大": "max_files", "最大MB": "max_mb"},
    "calculated": {"計算式": "formula", "単位": "unit", "小数桁": "decimals"},
    "note": {"本文": "text"},
    "image": {"画像": "file", "本文": "alt", "図の説明": "caption"},
}
_SILENT: Final = frozenset({"calculated", "note", "image"})
_COLUMNS: Final[Mapping[str, Keys]] = {
    type_: _BY_TYPE[type_] for type_ in ("number", "text", "single", "date", "yesno")
}
_PARTS: Final[Mapping[str, Keys]] = {
    SECTION: {"ID": "id", LABEL: "title", "説明": "help", "表示条件": "visible_if"},
    OPTION: {**_OPTION, "排他": "exclusive"},
    FREE_TEXT: {LABEL: "label", "必須": "required", **_LENGTH},
    TABLE_ROW: _NAMED,
    COLUMN_OPTION: _OPTION,
}
DEFAULTS: Final[Mapping[str, Mapping[str, object]]] = {
    FREE_TEXT: {"max_length": 100},
    "text": {"max_length": 100},
    "longtext": {"max_length": 500},
    "scale": {"min": 1, "max": 5},
    "dynamic_table": {"max_rows": 20},
    "file": {"accept": [".pdf", ".xlsx", ".docx"], "max_files": 1, "max_mb": 10},
}
"""What stands for a cell that a person left blank where the document needs a value."""


def keys_of(row: str, type_: str = "") -> Keys:
    """The keys of the document by heading, for a kind of row and the type of what it holds."""
    if row == QUESTION:
        asked = {} if type_ in _SILENT else _ASKED
        return {**_SHOWN, **asked, **_BY_TYPE.get(type_, {})}
    if row == COLUMN:
        return {**_NAMED, "形式": "type", "必須": "required", **_COLUMNS.get(type_ or "number", {})}
    return _PARTS[row]


def typed(row: str, type_: str) -> bool:
    """Whether a question, or a column, can have this type."""
    return type_ in _BY_TYPE if row == QUESTION else type_ in _COLUMNS
