"""A sheet before it is drawn: lines of boxes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias
from unicodedata import east_asian_width

from surveys.answerbook.cells import Content
from surveys.answerbook.checks import Check
from surveys.answerbook.codes import Slot
from surveys.questionnaire.kinds import CalculatedAnswer

CODE, NUMBER, LABEL, FIRST = 1, 2, 3, 4
"""Columns: the hidden numbers, the number of a question, its words, the first to fill in."""
WIDTHS: Final = {NUMBER: 9.5, LABEL: 46.0}
ANSWER_WIDTH: Final = 14.0
WIDE, SHORT = 4, 2
"""How many columns an answer takes."""
LAST_TEXT: Final = FIRST + WIDE - 1
_LINE: Final = 17.0
_SMALL_LINE: Final = 14.0
_LEAST: Final = 21.0
_MOST: Final = 400.0  # Excel takes 409


class Look(StrEnum):
    """What a box looks like, by the name of its style; 入力 alone is a style of Excel's own."""

    TITLE = "回答票・表題"
    QUIET = "回答票・補足"
    TEXT = "回答票・本文"
    STRIP_NUMBER = "回答票・設問番号"
    STRIP = "回答票・設問"
    CONDITION = "回答票・回答する条件"
    HINT = "回答票・記入の仕方"
    OPTION = "回答票・選択肢"
    HEAD = "回答票・表の見出し"
    ROW_HEAD = "回答票・表の行"
    INPUT = "回答票・入力"
    INPUT_TEXT = "回答票・入力（文字）"
    INPUT_MARK = "回答票・入力（印）"
    LOCKED = "回答票・入力しない欄"
    TOTAL = "回答票・合計"
    UNIT = "回答票・単位"
    LINK = "回答票・移動"


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of the cells of these fields; blank while none of them has a number."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """The number that follows from other answers."""

    answer: CalculatedAnswer


Formula: TypeAlias = Total | Calculation


@dataclass(frozen=True, slots=True)
class Box:
    """One cell, or several merged from left to right; with ``slot`` it is filled in."""

    column: int
    content: Content = None
    look: Look = Look.TEXT
    span: int = 1
    slot: Slot | None = None
    format: str = "General"
    check: Check | None = None
    formula: Formula | None = None
    key: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet, of this height in points."""

    boxes: tuple[Box, ...] = ()
    height: float = _LEAST


def line(*boxes: Box, least: float = _LEAST) -> Line:
    """A row that is high enough for what its boxes say: Excel does not grow merged cells."""
    needed = (_height(box) for box in boxes if box.content is not None)
    return Line(boxes, min(_MOST, max(least, *needed, 0)))


def width_of(column: int, span: int) -> float:
    """How many half-width characters fit beside each other."""
    return sum(WIDTHS.get(each, ANSWER_WIDTH) for each in range(column, column + span))


def _height(box: Box) -> float:
    is_small = box.look in {Look.HINT, Look.QUIET, Look.CONDITION}
    width = (width_of(box.column, box.span) - 2) * (1.12 if is_small else 1)
    parts = str(box.content).split("\n")
    rows = sum(max(1, math.ceil(_length(part) / width)) for part in parts)
    return rows * (_SMALL_LINE if is_small else _LINE) + 4


def _length(text: str) -> int:
    return sum(2 if east_asian_width(each) in "WFA" else 1 for each in text)


def right_edge(lines: Sequence[Line]) -> int:
    """The last column that any of the lines uses, at least that of plain texts."""
    ends = (box.column + box.span - 1 for each in lines for box in each.boxes)
    return max([LAST_TEXT, *ends])
