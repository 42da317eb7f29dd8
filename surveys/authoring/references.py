"""Who reads which question: conditions, formulas and rules."""

from collections.abc import Iterator

from surveys.authoring.finding import Json, short

# Keys whose value names a question, or is a list that begins with its name.
_NAMING = frozenset({"q", "cell", "row", "row_sum", "col_sum", "count_rows", "unique"})


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
            elif key not in {"value", "message", "label"}:
                yield from _names(value)


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
