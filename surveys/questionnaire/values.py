"""What an answer can be, and the four states that are never merged."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final, TypeAlias


class NoneApplicable(Enum):
    """該当なし: an answer of its own, neither blank nor 0."""

    NONE_APPLICABLE = "none"


NONE_APPLICABLE: Final = NoneApplicable.NONE_APPLICABLE
NONE_LABEL: Final = "該当なし"

Number: TypeAlias = int | Decimal
# Text, date (ISO) and single choice: str. Multiple choice and files: list[str].
Value: TypeAlias = str | int | Decimal | bool | list[str] | NoneApplicable | None


class FieldState(StrEnum):
    """How a field stands in one response."""

    BLANK = "blank"
    VALUE = "value"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"


class InvalidValue(ValueError):
    """A value that its field refuses; `message` is Japanese, meant for the answerer."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def is_blank(raw: object) -> bool:
    """Tell whether nothing was entered. 0 and False are answers, full-width spaces are not."""
    if raw is None:
        return True
    if isinstance(raw, str):
        return not raw or raw.isspace()
    if isinstance(raw, list | tuple):
        return all(is_blank(part) for part in raw)
    return False


def is_none_applicable(raw: object) -> bool:
    """Tell whether `raw` is 該当なし, in memory or as it is stored (`{"none": true}`)."""
    if raw is NONE_APPLICABLE:
        return True
    # Asking an abstract class is slow, and nearly every value is text or a number.
    plain = isinstance(raw, str | int)
    return not plain and isinstance(raw, Mapping) and raw == {"none": True}


def to_json(value: Value) -> object:
    """Return what a JSON column can hold; `normalise` reads it back without loss.

    A fraction becomes a float: its 15 digits are what a double keeps exactly.
    """
    if value is NONE_APPLICABLE:
        return {"none": True}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
