"""How values of the document stand in cells, and how cells that people filled are read."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from onepublic.core.text import unify_newlines
from onepublic.workbook.grids import GridCell
from surveys.authoring.catalogue import TYPE_LABELS
from surveys.questionnaire.attributes import KINDS as BODIES
from surveys.questionnaire.formulas import (
    FormulaError,
    read_condition,
    read_rule,
    read_side,
    write_condition,
    write_rule,
    write_side,
)

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_AMOUNT: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_SEPARATORS: Final = re.compile(r"[、,，\s]+")
YES, NO = "はい", "いいえ"
REQUIRED, OPTIONAL = "必須", "任意"
ERROR, WARNING = "誤り", "確認"
TOTAL_WORDS: Final[Mapping[str, dict[str, bool]]] = {
    "行": {"row": True, "column": False},
    "列": {"row": False, "column": True},
    "行・列": {"row": True, "column": True},
    "なし": {"row": False, "column": False},
}


class Unreadable(ValueError):
    """A cell that holds no such value; the message is Japanese."""


@dataclass(frozen=True, slots=True)
class Form:
    """Both ways between a value and a cell; ``read`` raises Unreadable, and never sees a blank."""

    write: Callable[[Any], str | int | float]
    read: Callable[[GridCell], object]


def plain(cell: GridCell) -> str:
    """The text of a cell, whatever it is, as a person sees it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return unify_newlines(str(cell))


def word(cell: GridCell) -> str:
    """The same for names and codes: narrow, and without spaces around."""
    return unicodedata.normalize("NFKC", plain(cell)).strip()


def _name(cell: GridCell) -> str:
    name = word(cell)
    if not _ID.fullmatch(name):
        raise Unreadable("半角の英数字、「_」、「-」の64文字以内で書いてください。")
    return name


def _number(cell: GridCell) -> int | float:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else cell
    text = word(cell).replace(",", "")
    if not _AMOUNT.fullmatch(text):
        raise Unreadable("数で書いてください。")
    return float(text) if "." in text else int(text)


def _limit(cell: GridCell) -> object:
    """A number, or a day or month as text; which of them fits is judged by the type."""
    if isinstance(cell, date):
        return plain(cell)
    try:
        return _number(cell)
    except Unreadable:
        return word(cell).replace("/", "-")


def _choice(words: Mapping[str, object]) -> Form:
    """One of a few words; ``words`` gives the value of each."""
    told = "、".join(f"「{each}」" for each in words)

    def read(cell: GridCell) -> object:
        if word(cell) not in words:
            raise Unreadable(f"{told}のいずれかを書いてください。")
        return words[word(cell)]

    return Form(lambda value: next(each for each in words if words[each] == value), read)


def _type(cell: GridCell) -> str:
    types = {unicodedata.normalize("NFKC", label): type_ for type_, label in TYPE_LABELS.items()}
    name = types.get(word(cell), word(cell))
    if name not in TYPE_LABELS:
        raise Unreadable(f"「{word(cell)[:30]}」という形式はありません。一覧から選んでください。")
    return name


def _formula(read: Callable[[str], object]) -> Callable[[GridCell], object]:
    def parse(cell: GridCell) -> object:
        try:
            return read(plain(cell))
        except FormulaError as error:
            where = f"{error.position + 1}文字目：" if error.position else ""
            raise Unreadable(f"{where}{error.message}") from None

    return parse


def _bodies(cell: GridCell) -> list[str]:
    kinds = {label: kind for kind, label in BODIES.items()}
    found = [kinds.get(each, each) for each in _split(cell)]
    if unknown := [each for each in found if each not in BODIES]:
        raise Unreadable(f"「{unknown[0][:30]}」という種別はありません。")
    return found


def _split(cell: GridCell) -> list[str]:
    return [each for each in _SEPARATORS.split(word(cell)) if each]


def _totals(value: Mapping[str, bool]) -> str:
    wanted = [value.get("row") is True, value.get("column") is True]
    return next(each for each, totals in TOTAL_WORDS.items() if [*totals.values()] == wanted)


def _pairs(cell: GridCell) -> list[list[str]]:
    pairs = [each.split(".") for each in _split(cell)]
    if any(len(pair) != 2 for pair in pairs):
        raise Unreadable("「行のID.列のID」の形で書いてください。")
    return pairs


TEXT: Final = Form(str, plain)
ID: Final = Form(str, _name)
NUMBER: Final = Form(lambda value: value, _number)
LIMIT: Final = Form(lambda value: value, _limit)
FLAG: Final = _choice({YES: True, NO: False})
NECESSITY: Final = _choice({REQUIRED: True, OPTIONAL: False})
LEVEL: Final = _choice({ERROR: "error", WARNING: "warning"})
TYPE: Final = Form(lambda value: TYPE_LABELS[value], _type)
CONDITION: Final = Form(write_condition, _formula(read_condition))
SIDE: Final = Form(write_side, _formula(read_side))
RULE: Final = Form(write_rule, _formula(read_rule))
KINDS: Final = Form(lambda value: "、".join(BODIES[each] for each in value), _bodies)
WORDS: Final = Form("、".join, _split)
TOTALS: Final = Form(_totals, _choice(TOTAL_WORDS).read)
PLACES: Final = Form(lambda value: "\n".join(map(".".join, value)), _pairs)
