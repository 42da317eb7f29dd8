"""Choices: one of the options, or several."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final
from unicodedata import normalize

from surveys.questionnaire.kinds.kind import ValueKind
from surveys.questionnaire.values import InvalidValue, is_blank

NOT_AN_OPTION: Final = "選択肢の中から選んでください。"
_LONGEST_CELL: Final = 32_767
# A cell of several choices: lines or semicolons first, as labels may hold commas.
_SEPARATORS: Final = (re.compile(r"[\n;；]"), re.compile(r"[\n;；,，、]"))


@dataclass(frozen=True, slots=True)
class FreeText:
    """The text asked beside an option when it is chosen."""

    label: str
    required: bool
    max_length: int


@dataclass(frozen=True, slots=True)
class Option:
    """One option; an `exclusive` one stands alone (特になし)."""

    value: str
    label: str
    exclusive: bool = False
    free_text: FreeText | None = None


def values_by_name(options: tuple[Option, ...]) -> dict[str, str]:
    """Return what an option may be called, its value or its folded label → its value."""
    names = {_fold(option.label): option.value for option in options}
    return names | {option.value: option.value for option in options}


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """Exactly one of `options`."""

    options: tuple[Option, ...]
    _names: dict[str, str] = field(init=False, repr=False, compare=False)

    kind: ClassVar[ValueKind] = ValueKind.CHOICE

    def __post_init__(self) -> None:
        object.__setattr__(self, "_names", values_by_name(self.options))

    def normalise(self, raw: object) -> str:
        """Return the option's value; a sheet may hold its label instead, or 1 for "1"."""
        return option_value(raw, self._names)


@dataclass(frozen=True, slots=True)
class ChoicesAnswer:
    """Any of `options`. How many is judged with the whole response, not at the value."""

    options: tuple[Option, ...]
    min_select: int = 0
    max_select: int | None = None
    _names: dict[str, str] = field(init=False, repr=False, compare=False)
    _order: dict[str, int] = field(init=False, repr=False, compare=False)
    exclusive: frozenset[str] = field(init=False, repr=False, compare=False)

    kind: ClassVar[ValueKind] = ValueKind.CHOICES

    def __post_init__(self) -> None:
        exclusive = frozenset(option.value for option in self.options if option.exclusive)
        order = {option.value: place for place, option in enumerate(self.options)}
        object.__setattr__(self, "_names", values_by_name(self.options))
        object.__setattr__(self, "_order", order)
        object.__setattr__(self, "exclusive", exclusive)

    def normalise(self, raw: object) -> list[str]:
        """Return the chosen values in the order of the options, each once."""
        parts = raw if isinstance(raw, list | tuple) else parts_of_cell(raw, self._names)
        chosen = {option_value(part, self._names) for part in parts if not is_blank(part)}
        if len(chosen) > 1 and not self.exclusive.isdisjoint(chosen):
            raise InvalidValue(f"「{self._alone(chosen)}」は、他の選択肢と同時に選べません。")
        return sorted(chosen, key=self._order.__getitem__)

    def _alone(self, chosen: set[str]) -> str:
        return next(o.label for o in self.options if o.exclusive and o.value in chosen)


def parts_of_cell(raw: object, names: Mapping[str, str]) -> list[object]:
    """Return the parts of a cell that joins several options, blank ones included."""
    if not isinstance(raw, str):
        return [raw]
    if len(raw) > _LONGEST_CELL:
        raise InvalidValue(NOT_AN_OPTION)
    for separator in _SEPARATORS:
        parts = separator.split(raw)
        if all(is_blank(part) or _fold(part) in names for part in parts):
            return list(parts)
    return [raw]


def _fold(text: str) -> str:
    return normalize("NFKC", text).strip()


def option_value(raw: object, names: Mapping[str, str]) -> str:
    """Return the value of the option that `raw` names. Raises InvalidValue where it names none."""
    if isinstance(raw, str) and raw in names:
        return names[raw]
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise InvalidValue(NOT_AN_OPTION)
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    word = str(raw) if not isinstance(raw, int) or abs(raw) < 10**15 else ""
    if len(word) > _LONGEST_CELL or _fold(word) not in names:
        raise InvalidValue(NOT_AN_OPTION)
    return names[_fold(word)]
