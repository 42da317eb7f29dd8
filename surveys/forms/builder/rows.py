"""Rows of a form that can be added, moved and removed: options, rows and columns of tables.

A row travels as ``options-0-label``; hidden ``options-0-value`` carries the id that it keeps. A
button changes the list without saving anything: ``options add``, ``options up 2``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from onepublic.core.text import unify_newlines

Raw = dict[str, str]
NewId = Callable[[Sequence[Raw]], str]
PLACEHOLDER = re.compile(r"(?:選択肢|行|列)[0-9]+")


def sent_rows(post: QueryDict, prefix: str) -> list[Raw]:
    """The rows of a list as they were typed, in the order in which the page sent them."""
    name = re.compile(rf"{prefix}-(\d{{1,4}})-(\w+)")
    rows: dict[str, Raw] = {}
    for key in post:
        if match := name.fullmatch(key):
            rows.setdefault(match[1], {})[match[2]] = post.get(key, "")
    return list(rows.values())


def as_post(rows: Sequence[Raw], prefix: str) -> Raw:
    """The rows as a form sends them, numbered from 0."""
    return {
        f"{prefix}-{number}-{key}": value
        for number, row in enumerate(rows)
        for key, value in row.items()
    }


def rearranged(
    rows: list[Raw], act: str, *, key: str, new_id: NewId, pasted: str = ""
) -> list[Raw]:
    """The rows after ``add``, ``paste``, ``up 2``, ``down 0`` or ``remove 1``.

    ``key`` names the hidden id, ``new_id`` makes one beside those of the rows. Pasted lines take
    the place of rows that still hold nothing of their own.
    """
    verb, _, number = act.partition(" ")
    if verb == "paste":
        return _pasted(rows, pasted, key, new_id)
    if verb == "add":
        return [*rows, {key: new_id(rows), "label": ""}]
    place = int(number) if number.isdecimal() else len(rows)
    if place >= len(rows):
        return rows
    if verb == "remove":
        return rows[:place] + rows[place + 1 :]
    other = place + {"up": -1, "down": 1}.get(verb, 0)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    return rows


def _pasted(rows: list[Raw], pasted: str, key: str, new_id: NewId) -> list[Raw]:
    lines = [line.strip().lstrip("・●○□-").strip() for line in unify_newlines(pasted).split("\n")]
    lines = [line for line in lines if line]
    empty = all(PLACEHOLDER.fullmatch(row["label"]) or not row["label"] for row in rows)
    kept: list[Raw] = [] if empty and lines else list(rows)
    spare = [row[key] for row in rows] if empty else []
    for line in lines:
        kept.append({key: spare.pop(0) if spare else new_id([*rows, *kept]), "label": line})
    return kept


def keyed_lines(text: str, before: Sequence[Mapping[str, Any]], new_id: NewId) -> list[Raw]:
    """Options written one a line: a line keeps the value of the one that it was before, by its
    words, or by its place while the number of lines stays the same.
    """
    lines = [line.strip() for line in unify_newlines(text).split("\n") if line.strip()]
    by_label = {str(option["label"]): str(option["value"]) for option in before}
    if len(lines) == len(before) and len(set(lines) & by_label.keys()) < len(lines):
        pairs = zip(lines, before, strict=True)
        if all(line not in by_label or by_label[line] == o["value"] for line, o in pairs):
            return [
                {"value": str(option["value"]), "label": line}
                for line, option in zip(lines, before, strict=True)
            ]
    made: list[Raw] = [{"value": value, "label": label} for label, value in by_label.items()]
    found: list[Raw] = []
    for line in lines:
        option = {"value": by_label.get(line) or new_id([*made, *found]), "label": line}
        found.append(option)
    return found
