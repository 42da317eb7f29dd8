"""Read a JSON object key by key, and note what is wrong instead of stopping."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from onepublic.core.text import forbidden_character
from surveys.questionnaire.problems import Problem

# Field keys join ids with "."; form inputs and column names are made of them.
ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_NUMBER: Final = 10**15
_MAX_DIGITS: Final = 17  # what repr() of a double may need


class Reader:
    """One object of the document. Each reading method returns a harmless value after a slip."""

    def __init__(self, source: object, where: str, problems: list[Problem]) -> None:
        self.where = where
        self.problems = problems
        self._source: dict[str, object] = {}
        self._read: set[str] = set()
        if isinstance(source, Mapping):
            self._source = {str(key): value for key, value in source.items()}
        else:
            self.refuse("項目と値の組（オブジェクト）ではありません。")

    def refuse(self, reason: str) -> None:
        """Note a problem here."""
        self.problems.append(Problem(self.where, reason))

    def has(self, key: str) -> bool:
        """Tell whether the key is there with a value."""
        return self._source.get(key) is not None

    def raw(self, key: str) -> object:
        """Return whatever is there."""
        self._read.add(key)
        return self._source.get(key)

    def identifier(self, key: str = "id") -> str:
        """Return an id; field keys, paths and column names are made of them."""
        value = self.raw(key)
        if isinstance(value, str) and ID.fullmatch(value):
            return value
        self.refuse(f"{key}は、半角の英数字、「_」、「-」の64文字以内で付けてください。")
        return ""

    def text(self, key: str, *, longest: int = 500, optional: bool = False) -> str:
        """Return text of at most `longest` characters."""
        value = self.raw(key)
        if value is None and optional:
            return ""
        if not isinstance(value, str) or not (value.strip() or optional):
            self.refuse(f"{key}を文字で書いてください。")
            return ""
        if len(value) > longest:
            self.refuse(f"{key}は{longest}文字以内で書いてください。")
        if character := forbidden_character(value):
            self.refuse(f"{key}に、使用できない制御文字（{character}）が入っています。")
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a truth value, `default` when it is not there."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.refuse(f"{key}は、true又はfalseで指定してください。")
        return default if value is None else value is True

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Return an integer between `low` and `high`."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.refuse(f"{key}は、{low}から{high}までの整数で指定してください。")
        return low

    def amount(self, key: str) -> Decimal | None:
        """Return an exact number, None when there is no limit."""
        value = self.raw(key)
        if value is None:
            return None
        number = exact_number(value)
        if number is None:
            self.refuse(f"{key}は、15桁以内の数で指定してください。")
        return number

    def items(self, key: str, *, most: int, least: int = 1) -> list[object]:
        """Return a list of `least` to `most` things."""
        value = self.raw(key)
        if value is None and least == 0:
            return []
        if not isinstance(value, list | tuple):
            self.refuse(f"{key}は、一覧（配列）で書いてください。")
            return []
        if not least <= len(value) <= most:
            self.refuse(f"{key}は、{least}件以上{most}件以下にしてください。")
        return list(value[:most])

    def objects(self, key: str, *, most: int, least: int = 1) -> list["Reader"]:
        """Return readers of a list of objects."""
        things = self.items(key, most=most, least=least)
        return [self.inner(f"{key}[{place}]", thing) for place, thing in enumerate(things)]

    def inner(self, name: str, thing: object) -> "Reader":
        """Return a reader of something inside this object."""
        return Reader(thing, f"{self.where}/{name}" if self.where else name, self.problems)

    def within(self, thing: object) -> "Reader":
        """Return a reader of something inside, which reports here: authors look for the id."""
        return Reader(thing, self.where, self.problems)

    def close(self) -> None:
        """Refuse what nobody has read: a misspelt key must not be lost in silence."""
        for key in sorted(self._source.keys() - self._read):
            self.refuse(f"「{shown(key)}」という項目は、ここでは使えません。")


def shown(thing: object) -> str:
    """Return a short piece of what was written, for a message; it may be anything."""
    return thing[:64] if isinstance(thing, str) else "（文字以外）"


def exact_number(value: object) -> Decimal | None:
    """Return a JSON number exactly; None for anything else, NaN and the infinite included."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or abs(number) >= _MAX_NUMBER:
        return None
    return number if len(number.as_tuple().digits) <= _MAX_DIGITS else None


def unique(names: list[str], reader: Reader, thing: str) -> None:
    """Refuse names that occur twice. Empty ones have been refused already."""
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        reader.refuse(f"{thing}「{name}」が重複しています。")
