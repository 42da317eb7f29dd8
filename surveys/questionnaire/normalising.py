"""From what a web form or a spreadsheet cell gives to the value that is kept."""

from decimal import Decimal
from typing import Final
from unicodedata import normalize

from surveys.questionnaire.document import Field
from surveys.questionnaire.values import (
    NONE_APPLICABLE,
    NONE_LABEL,
    InvalidValue,
    Value,
    is_blank,
    is_none_applicable,
)

_NEVER_BLANK: Final = frozenset((int, float, bool, Decimal))


def normalise(field: Field, raw: object) -> Value:
    """Return the value of `field` that `raw` means; None when it is blank.

    `raw` is text, list, int, float, Decimal, bool, date, None, 該当なし or its JSON.
    A stored value comes back unchanged. Raises InvalidValue with a Japanese message.
    """
    if raw.__class__ in _NEVER_BLANK:
        return field.answer.normalise(raw)
    if is_blank(raw):
        return None
    if is_none_applicable(raw):
        if not _allows_none(field):
            raise InvalidValue(f"この設問では「{NONE_LABEL}」を選べません。")
        return NONE_APPLICABLE
    if _allows_none(field) and _says_none(raw):
        return NONE_APPLICABLE
    return field.answer.normalise(raw)


def check_value(field: Field, value: object) -> str | None:
    """Return what is wrong with a stored value, which may have been kept as it was typed."""
    try:
        normalise(field, value)
    except InvalidValue as refusal:
        return refusal.message
    return None


def restore(field: Field, stored: object) -> object:
    """Return the value behind a stored JSON value; a refused one stays as it was typed."""
    try:
        return normalise(field, stored)
    except InvalidValue:
        return stored


def _allows_none(field: Field) -> bool:
    return field.question.allow_none and field.option is None


def _says_none(raw: object) -> bool:
    """Tell whether 該当なし is written, or ticked as the only one of several choices."""
    if isinstance(raw, list | tuple):
        written = [part for part in raw if not is_blank(part)]
        return len(written) == 1 and _says_none(written[0])
    if not isinstance(raw, str) or len(raw) >= 20:
        return False
    return normalize("NFKC", raw).strip() == NONE_LABEL
