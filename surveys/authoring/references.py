"""Who reads which question: conditions, formulas and rules."""

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.authoring.finding import Json, short

# Keys whose value names a question, or is a list that begins with its name.
_NAMING = frozenset({"q", "cell", "row", "row_sum", "col_sum", "count_rows", "unique"})
_WORDS = frozenset({"value", "message", "label"})


def references(node: object) -> set[str]:
    """Return the ids of the questions that a condition, a side or a rule reads."""
    return set(_names(node))


def _names(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for part in node:
            yield from _names(part)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in _NAMING:
                first = value[0] if isinstance(value, list) and value else value
                if isinstance(first, str):
                    yield first
            elif key not in _WORDS:
                yield from _names(value)


def redirected(node: Any, names: Mapping[str, str]) -> Any:
    """Return a condition, a side or a rule that reads the questions of new ``names`` instead."""
    if isinstance(node, list):
        return [redirected(part, names) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _named_anew(part, names)
        if key in _NAMING
        else part
        if key in _WORDS
        else redirected(part, names)
        for key, part in node.items()
    }


def _named_anew(named: Any, names: Mapping[str, str]) -> Any:
    if isinstance(named, list) and named:
        return [names.get(named[0], named[0]), *named[1:]]
    return names.get(named, named) if isinstance(named, str) else named


def referrers(document: Json, ids: set[str], *, outside: str = "") -> list[str]:
    """Return, in words, what reads one of the questions; parts of section ``outside`` don't count.

    >>> 設問「窓口の名称」の表示条件、規則「件数が合いません。」
    """
    found: list[str] = []
    for section in document["sections"]:
        if section["id"] == outside:
            continue
        if references(section.get("visible_if")) & ids:
            found.append(f"節{short(section)}の表示条件")
        for question in section["questions"]:
            if question["id"] in ids:
                continue
            if references(question.get("visible_if")) & ids:
                found.append(f"設問{short(question)}の表示条件")
            if references(question.get("formula")) & ids:
                found.append(f"設問{short(question)}の計算式")
    rules = document.get("rules", [])
    return [*found, *(f"規則{short(rule)}" for rule in rules if references(rule) & ids)]
