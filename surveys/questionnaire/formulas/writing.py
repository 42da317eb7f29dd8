"""From conditions, sides and rules of the document to text."""

import re
from collections.abc import Mapping
from typing import Any, Final

from surveys.questionnaire.formulas.errors import FormulaError
from surveys.questionnaire.formulas.reading_conditions import OPS
from surveys.questionnaire.formulas.writing_sides import SLIPS, number, write_side
from surveys.questionnaire.parsing.days import iso_day

Json = Mapping[str, Any]

MAX_NESTING: Final = 20
_SIGNS: Final = {op: sign for sign, op in OPS.items()}
_WORD: Final = re.compile(r"[^'\s]+")


def write_condition(condition: Json) -> str:
    """Return the text of a condition; `read_condition` gives it back.

    Raises FormulaError for what is no condition of the document.
    """
    try:
        return _condition(condition, 1)
    except FormulaError:
        raise
    except SLIPS as slip:
        raise FormulaError("この条件は、式で表せません。") from slip


def write_rule(rule: Json) -> str:
    """Return the text of what a rule demands, without its `when`; `read_rule` gives it back."""
    try:
        if "unique" in rule:
            table, columns = rule["unique"]
            return f"unique({', '.join(f'${{{table}.{column}}}' for column in columns)})"
        return f"{write_side(rule['left'])} {_SIGNS[rule['op']]} {write_side(rule['right'])}"
    except FormulaError:
        raise
    except SLIPS as slip:
        raise FormulaError("この規則は、式で表せません。") from slip


def _condition(condition: Json, depth: int) -> str:
    if depth > MAX_NESTING:
        raise FormulaError("条件の入れ子が深すぎます。")
    for name, word in (("all", " and "), ("any", " or ")):
        if name in condition:
            parts = [_part(part, depth + 1) for part in condition[name]]
            return word.join(parts) if len(parts) > 1 else f"{name}({parts[0]})"
    if "not" in condition:
        return f"not({_condition(condition['not'], depth + 1)})"
    if "attr" in condition:
        return _attribute(condition)
    return _answer(_place(condition), condition["op"], condition.get("value"))


def _part(condition: Json, depth: int) -> str:
    """Bracket what `and` and `or` would tear apart."""
    text = _condition(condition, depth)
    is_joined = any(len(condition.get(name, ())) > 1 for name in ("all", "any"))
    return f"({text})" if is_joined or condition.get("op") == "not_contains" else text


def _place(condition: Json) -> str:
    for name in ("cell", "row"):
        if name in condition:
            return f"${{{'.'.join(condition[name])}}}"
    return f"${{{_word(condition['q'])}}}"


def _answer(place: str, op: str, value: object) -> str:
    match op:
        case "answered":
            return f"{place} != ''"
        case "contains":
            return f"selected({place}, '{_word(value)}')"
        case "not_contains":
            return f"count-selected({place}) > 0 and not(selected({place}, '{_word(value)}'))"
        case "first":
            return f"selected-at({place}, 0) = '{_word(value)}'"
        case "in":
            return f"selected('{_words(value)}', {place})"
    return f"{place} {_SIGNS[op]} {_literal(value)}"


def _attribute(condition: Json) -> str:
    name = f"organization('{_word(condition['attr'])}')"
    value = condition["value"]
    if condition["op"] == "in":
        return f"selected('{_words(value)}', {name})"
    return f"{name} {_SIGNS[condition['op']]} {_literal(value)}"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true()" if value else "false()"
    if isinstance(value, str):
        return f"date('{value}')" if iso_day(value) else f"'{_word(value)}'"
    return number(value)


def _words(values: object) -> str:
    wanted = values if isinstance(values, list | tuple) else [values]
    return " ".join(_word(str(each).lower() if isinstance(each, bool) else each) for each in wanted)


def _word(value: object) -> str:
    if isinstance(value, str) and _WORD.fullmatch(value):
        return value
    raise ValueError(value)
