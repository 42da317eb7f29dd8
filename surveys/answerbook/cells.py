"""A value as the cells of a sheet, and the cells as a value again.

Most fields are one cell. A multiple choice has one cell per option, in which ○ stands, and a
ranking one per rank: a person need not join labels in one cell. A part names a cell of a field.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s
from typing import Final, TypeAlias
from unicodedata import normalize as fold

from surveys.questionnaire import Field, InvalidValue, Option, ValueKind, normalise, to_json
from surveys.questionnaire.kinds import RankingAnswer
from surveys.questionnaire.kinds.boolean import NO, YES
from surveys.questionnaire.values import NONE_LABEL, is_blank, is_none_applicable

Content: TypeAlias = str | int | float | bool | dt.date | dt.datetime | None

WHOLE: Final = ""
NONE: Final = "none"
MARK: Final = "○"
_OPTION, _RANK = "=", "#"
_YES: Final = frozenset({MARK, "〇", "◯", "●", "◎", "レ", "✓", "✔", "☑", "1", "true", YES})
_NO: Final = frozenset({"×", "0", "false", NO})
_NOT_A_MARK: Final = f"「{MARK}」を選ぶか、空欄にしてください。"
_NONE_BESIDE: Final = f"「{NONE_LABEL}」は、他の回答と同時に選べません。"
_DAY_ZERO: Final = dt.date(1899, 12, 30)
_FIRST_DAY: Final = dt.date(1900, 3, 1)  # before it Excel counts a day that never was
_LAST_SERIAL: Final = (dt.date.max - _DAY_ZERO).days
_EXACT: Final = 10**15
_LONGEST_LABEL: Final = 5_000


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the cells of a field say: a JSON value, or why it is refused and at which part."""

    value: object = None
    refusal: str = ""
    part: str = WHOLE
    typed: str = ""

    @property
    def mark(self) -> str:
        """A short mark by which the same content is known again; it guards nothing."""
        said = [self.typed] if self.refusal else {"value": self.value}
        return blake2s(json.dumps(said, sort_keys=True).encode(), digest_size=6).hexdigest()


def allows_none(field: Field) -> bool:
    """Whether 該当なし may be answered; never in the free text of an option."""
    return field.question.allow_none and field.option is None


def parts_of(field: Field) -> tuple[str, ...]:
    """The cells that the field takes, in their order; none for files and calculated numbers."""
    if field.kind is ValueKind.FILES or field.is_calculated:
        return ()
    none = (NONE,) if allows_none(field) else ()
    if field.kind is ValueKind.CHOICES:
        return (*(f"{_OPTION}{option.value}" for option in field.options), *none)
    if isinstance(field.answer, RankingAnswer):
        return (*(f"{_RANK}{rank}" for rank in range(1, field.answer.max_rank + 1)), *none)
    return (WHOLE,)


def option_texts(field: Field) -> dict[str, str]:
    """The text that stands in a cell for each option, by value: its label, made unmistakable."""
    return _option_texts(field.options, allows_none(field))


@lru_cache(maxsize=1024)
def _option_texts(options: tuple[Option, ...], none: bool) -> dict[str, str]:
    labels = [_folded(option.label) for option in options]
    taken = {option.value for option in options} | ({NONE_LABEL} if none else set())
    return {
        option.value: option.label
        if labels.count(label) == 1 and (label not in taken or label == option.value)
        else f"{option.label}［{option.value}］"
        for option, label in zip(options, labels, strict=True)
    }


@lru_cache(maxsize=1024)
def _values_by_text(options: tuple[Option, ...], none: bool) -> dict[str, str]:
    return {_folded(text): value for value, text in _option_texts(options, none).items()}


def contents(field: Field, stored: object) -> dict[str, Content]:
    """What each part shows of a stored JSON value; a refused one is shown as it was typed."""
    parts = parts_of(field)
    if is_blank(stored) or not parts:
        return {}
    if is_none_applicable(stored):
        return {NONE: MARK} if NONE in parts else {WHOLE: NONE_LABEL}
    values = stored if isinstance(stored, list) else [stored]
    if field.kind is ValueKind.CHOICES:
        return {f"{_OPTION}{value}": MARK for value in values if f"{_OPTION}{value}" in parts}
    if field.kind is ValueKind.RANKING:
        texts = option_texts(field)
        ranked = {f"{_RANK}{n}": texts.get(str(v), str(v)) for n, v in enumerate(values, 1)}
        return {part: text for part, text in ranked.items() if part in parts}
    return {WHOLE: _content(field, stored)}


def _content(field: Field, stored: object) -> Content:
    if isinstance(stored, bool):
        return YES if stored else NO
    if isinstance(stored, int | float):
        return stored
    text = str(stored)
    if field.kind is ValueKind.CHOICE:
        return option_texts(field).get(text, text)
    if field.kind in {ValueKind.DATE, ValueKind.MONTH}:
        return _day_or_text(f"{text}-01" if field.kind is ValueKind.MONTH else text, text)
    return text


def _day_or_text(iso: str, text: str) -> Content:
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return text
    return day if day >= _FIRST_DAY else text


def gather(field: Field, cells: Mapping[str, Content]) -> Gathered:
    """The value that the cells of the field mean, by part; blank where they are."""
    part = NONE
    try:
        if NONE in cells and _is_marked(cells[NONE], NONE_LABEL):
            return Gathered(_none(cells))
        raws: list[object] = []
        for part in parts_of(field):
            raws += _raws(field, part, cells.get(part))
        part = _first_filled(field, cells)
        raw = raws if field.kind in {ValueKind.CHOICES, ValueKind.RANKING} else raws[0]
        return Gathered(to_json(normalise(field, raw)))
    except InvalidValue as refusal:
        typed = "\n".join(f"{name}:{cells[name]}" for name in sorted(cells))
        return Gathered(None, refusal.message, part, typed)


def _none(cells: Mapping[str, Content]) -> object:
    if any(not is_blank(cell) for part, cell in cells.items() if part != NONE):
        raise InvalidValue(_NONE_BESIDE)
    return {"none": True}


def _raws(field: Field, part: str, cell: Content) -> list[object]:
    """What one cell adds to the raw value."""
    if part.startswith(_OPTION):
        value = part.removeprefix(_OPTION)
        label = next(option.label for option in field.options if option.value == value)
        return [value] if _is_marked(cell, label) else []
    if part == NONE:
        return []
    return [_raw(field, cell)]


def _first_filled(field: Field, cells: Mapping[str, Content]) -> str:
    filled = (part for part in parts_of(field) if not is_blank(cells.get(part)))
    return next(filled, WHOLE)


def _is_marked(cell: Content, label: str) -> bool:
    if cell is None or isinstance(cell, bool):
        return bool(cell)
    plain = _whole(cell)
    word = _folded(str(plain)).lower()
    if word in _YES or word == _folded(label).lower():
        return True
    if word and word not in _NO:
        raise InvalidValue(_NOT_A_MARK)
    return False


def _raw(field: Field, cell: Content) -> object:
    """The cell as the engine reads it: 12.0 is 12, a serial number of a day is that day."""
    cell = _whole(cell)
    if field.kind in {ValueKind.DATE, ValueKind.MONTH} and type(cell) is int:
        return _day(cell)
    if field.kind in {ValueKind.CHOICE, ValueKind.RANKING} and isinstance(cell, str | int):
        return _chosen(field, str(cell))
    return cell


def _whole(cell: Content) -> Content:
    is_whole = isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT
    return int(cell) if is_whole and isinstance(cell, float) else cell


def _day(number: int) -> object:
    """A day from its serial number in a sheet, or from 20261123."""
    if 0 < number <= _LAST_SERIAL:
        return _DAY_ZERO + dt.timedelta(days=number)
    digits = str(number)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 else digits


def _chosen(field: Field, text: str) -> str:
    return _values_by_text(field.options, allows_none(field)).get(_folded(text), text)


def _folded(text: str) -> str:
    return fold("NFKC", text).strip() if len(text) <= _LONGEST_LABEL else text
