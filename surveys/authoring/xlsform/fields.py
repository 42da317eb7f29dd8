"""What a question or a column becomes in the columns of the survey sheet, by its type."""

from collections.abc import Callable, Mapping
from typing import Final

from surveys.authoring.finding import Json

Cells = dict[str, str]
_PLACES: Final = 6


def field_cells(part: Json, type_: str, list_: str) -> Cells:
    """The cells type, constraint, appearance and parameters of a question or column.

    ``list_`` is the name of its list of choices.
    """
    cells = {name: text for name, text in _TYPES[type_](part).items() if text}
    return {**cells, "type": cells["type"].format(list=list_)}


def what_is_lost(part: Json, type_: str) -> list[str]:
    """What of the type a form can't say, as Japanese phrases."""
    lost = [phrase for key, phrase in _LOST_KEYS.items() if part.get(key) is True]
    if phrase := _LOST_TYPES.get(type_):
        lost.append(phrase)
    if part.get("decimals", 0) not in (0, _PLACES) and type_ in ("number", "percent"):
        lost.append(f"小数点以下の桁数（{part['decimals']}桁）")
    if part.get("grouped") is False:
        lost.append("桁区切りのない表示")
    if type_ == "scale" and (part.get("min_label") or part.get("max_label")):
        lost.append("段階の両端の言葉")
    ranks = part.get("max_rank")
    if type_ == "ranking" and ranks is not None and ranks < len(part["options"]):
        lost.append(f"順位の数（{ranks}位まで）")
    if "'" in part.get("pattern", "") and '"' in part.get("pattern", ""):
        lost.append("書式（正規表現）")
    return lost


_LOST_KEYS: Final[Mapping[str, str]] = {
    "allow_none": "「該当なし」の回答",
    "carry_over": "前回の回答の表示",
}
_LOST_TYPES: Final[Mapping[str, str]] = {
    "currency": "金額（整数として書き出します）",
    "percent": "割合（小数として書き出します）",
    "year": "年（整数として書き出します）",
    "email": "メールアドレスの形式の確認",
    "tel": "電話番号の形式の確認",
    "url": "URLの形式の確認",
    "organization": "団体の選択（文字として書き出します）",
    "file": "添付ファイルの種類、個数、大きさの上限",
}


def _number(part: Json) -> Cells:
    type_ = "decimal" if part.get("decimals") else "integer"
    return {"type": type_, "constraint": _range(part, str)}


def _percent(part: Json) -> Cells:
    return _number({"min": 0, "max": 100, "decimals": 1, **_given(part)})


def _given(part: Json) -> Json:
    return {key: value for key, value in part.items() if value is not None}


def _range(part: Json, literal: Callable[[object], str]) -> str:
    limits = [(part.get("min"), ">="), (part.get("max"), "<=")]
    return " and ".join(f". {sign} {literal(value)}" for value, sign in limits if value is not None)


def _text(part: Json) -> Cells:
    demands = []
    if part.get("max_length") is not None:
        demands.append(f"string-length(.) <= {part['max_length']}")
    if pattern := part.get("pattern"):
        quote = '"' if "'" in pattern else "'"
        if quote not in pattern:
            demands.append(f"regex(., {quote}{pattern}{quote})")
    return {"type": "text", "constraint": " and ".join(demands)}


def _multiple(part: Json) -> Cells:
    demands = []
    if part.get("min_select"):
        demands.append(f"count-selected(.) >= {part['min_select']}")
    if part.get("max_select") is not None:
        demands.append(f"count-selected(.) <= {part['max_select']}")
    demands += [
        f"not(selected(., '{option['value']}') and count-selected(.) > 1)"
        for option in part["options"]
        if option.get("exclusive")
    ]
    return {"type": "select_multiple {list}", "constraint": " and ".join(demands)}


def _month(part: Json) -> Cells:
    limits = _range(part, lambda month: f"date('{month}-01')")
    return {"type": "date", "appearance": "month-year", "constraint": limits}


def _scale(part: Json) -> Cells:
    return {"type": "range", "parameters": f"start={part['min']} end={part['max']} step=1"}


_TYPES: Final[Mapping[str, Callable[[Json], Cells]]] = {
    "single": lambda part: {"type": "select_one {list}"},
    "multiple": _multiple,
    "ranking": lambda part: {"type": "rank {list}"},
    **dict.fromkeys(("number", "currency", "year"), _number),
    "percent": _percent,
    "scale": _scale,
    **dict.fromkeys(("text", "email", "tel", "url"), _text),
    "longtext": lambda part: {**_text(part), "appearance": "multiline"},
    "date": lambda part: {
        "type": "date",
        "constraint": _range(part, lambda day: f"date('{day}')"),
    },
    "month": _month,
    "yesno": lambda part: {"type": "select_one yesno"},
    "organization": lambda part: {"type": "text"},
    "file": lambda part: {"type": "file"},
}
