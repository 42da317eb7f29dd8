"""Answers as JSON Lines: one object per organization, for programs."""

import json
from collections.abc import Mapping
from typing import BinaryIO, Final

from surveys.compilation.content import Content
from surveys.compilation.filling import known_and_visible
from surveys.compilation.progress import Progress
from surveys.compilation.rows import ResponseRow
from surveys.questionnaire import ValueKind
from surveys.states import HANDED_IN_STATES

_NONE: Final = {"none": True}
_NOT_APPLICABLE: Final = {"not_applicable": True}


def write_json_lines(target: BinaryIO, content: Content, progress: Progress) -> None:
    """Write each organization on a line of its own, UTF-8.

    ``answers`` by field key is null until it has handed in; a value is as stored (options by
    their values, days by ISO 8601, files by their names), null when blank, ``{"none": true}`` for
    該当なし and ``{"not_applicable": true}`` for 対象外.
    """
    keys = list(dict.fromkeys(column.field.key for column in content.columns))
    removed = {column.field.key for column in content.columns if column.removed}
    files = {c.field.key for c in content.columns if c.field.kind is ValueKind.FILES}
    for row in content.snapshot.rows():
        answers = None
        if row.state in HANDED_IN_STATES:
            answers = _answers(content, row, keys, removed)
            for key in files & answers.keys():
                answers[key] = _names(answers[key], content.file_names)
        line = json.dumps(_head(row) | {"answers": answers}, ensure_ascii=False)
        # A lone surrogate can be in no UTF-8; it stays as the escape by which JSON knows it.
        target.write(line.encode("utf-8", "backslashreplace") + b"\n")
        progress.step()


def _head(row: ResponseRow) -> dict[str, object]:
    return {
        "code": row.code,
        "prefecture": row.prefecture_name,
        "name": row.name,
        "kind": row.kind,
        "state": row.state,
        "received": row.submitted_at.isoformat() if row.submitted_at else None,
        "receipt": row.receipt_number,
    }


def _answers(
    content: Content, row: ResponseRow, keys: list[str], removed: set[str]
) -> dict[str, object]:
    if row.nothing_applies:
        return dict.fromkeys(keys, _NONE)
    known, visible = known_and_visible(content.revisions[-1], removed, row)
    return {key: known.get(key) if key in visible else _NOT_APPLICABLE for key in keys}


def _names(value: object, file_names: Mapping[str, str]) -> object:
    return (
        [file_names.get(str(each), str(each)) for each in value]
        if isinstance(value, list)
        else value
    )
