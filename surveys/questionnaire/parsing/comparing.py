"""What an answer may be compared with, by the kind of its value."""

from collections.abc import Mapping
from typing import Final

from surveys.questionnaire.conditions import Constant, Op
from surveys.questionnaire.document import Field, Question
from surveys.questionnaire.kinds import ValueKind
from surveys.questionnaire.kinds.month import iso_month
from surveys.questionnaire.parsing.days import iso_day
from surveys.questionnaire.parsing.reader import Reader, exact_number, shown
from surveys.questionnaire.values import InvalidValue

_ORDER: Final = frozenset((Op.EQ, Op.NE, Op.GT, Op.GE, Op.LT, Op.LE))
_CHOICE: Final = frozenset((Op.EQ, Op.NE, Op.IN))
_CHOICES: Final = frozenset((Op.CONTAINS, Op.NOT_CONTAINS))
_OPS: Final[Mapping[ValueKind, frozenset[Op]]] = {
    ValueKind.CHOICE: _CHOICE,
    ValueKind.ORGANIZATION: _CHOICE,
    ValueKind.CHOICES: _CHOICES,
    ValueKind.RANKING: _CHOICES | {Op.FIRST},
    ValueKind.BOOLEAN: frozenset((Op.EQ, Op.NE)),
    ValueKind.NUMBER: _ORDER,
    ValueKind.YEAR: _ORDER,
    ValueKind.DATE: _ORDER,
    ValueKind.MONTH: _ORDER,
}


def compared_with(
    reader: Reader, question: Question, field: Field | None
) -> tuple[Op, Constant] | None:
    """Read `op` and `value` of a condition on `field`; None when they don't fit, which is noted."""
    name, raw = reader.raw("op"), reader.raw("value")
    ops = frozenset() if field is None else _OPS.get(field.kind, frozenset())
    if field is None or not isinstance(name, str) or name not in ops:
        reader.refuse(f"設問「{question.id}」（{question.type}）には、このopを使えません。")
        return None
    op = Op(name)
    value = _constant(field, op, raw)
    if value is None:
        reader.refuse(f"設問「{question.id}」の値として、valueが正しくありません。")
        return None
    return op, value


def _constant(field: Field, op: Op, raw: object) -> Constant:
    """Return the value to compare with; None when it can't be a value of the field."""
    if op is Op.IN:
        wanted = raw if isinstance(raw, list) else []
        words = frozenset(shown(word) for word in wanted if _is_word(field, word))
        return words if wanted and len(words) == len({*map(shown, wanted)}) else None
    match field.kind:
        case ValueKind.NUMBER | ValueKind.YEAR:
            return exact_number(raw)
        case ValueKind.BOOLEAN:
            return raw if isinstance(raw, bool) else None
        case ValueKind.DATE:
            return iso_day(raw)
        case ValueKind.MONTH:
            return iso_month(raw)
    return raw if isinstance(raw, str) and _is_word(field, raw) else None


def _is_word(field: Field, word: object) -> bool:
    """Tell whether `word` is one of the options, or the code of a body."""
    if not isinstance(word, str):
        return False
    if field.options:
        return any(option.value == word for option in field.options)
    try:
        return field.answer.normalise(word) == word
    except InvalidValue:
        return False
