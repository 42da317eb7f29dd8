"""What a page of a response sends: answers with what their writer saw."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django.http import QueryDict

from onepublic.core.errors import Stale
from surveys.questionnaire import Field, ValueKind

UNREADABLE = "画面の内容を読み取れませんでした。画面を開き直してください。"
INPUT = "f-"
KEEP_THEIRS = "keep"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a field, and the revision of the answer that its writer saw."""

    raw: str | list[str]
    revision: int


def seen_token(shown: Mapping[str, tuple[int, str | list[str]]]) -> str:
    """``{field key: (revision, shown value)}`` as the hidden value that a page sends back.

    It tells what the writer saw, so that fields left alone are told from fields changed.
    """
    return json.dumps({key: [revision, digest(raw)] for key, (revision, raw) in shown.items()})


def digest(raw: str | list[str]) -> str:
    """A short mark of a value as a form shows and sends it; it guards nothing."""
    text = "\n".join(raw) if isinstance(raw, list) else raw
    return f"{crc32(text.replace(chr(13), '').encode(errors='replace')):x}"


def typed_changes(post: QueryDict, fields: Collection[Field]) -> dict[str, Typed]:
    """The fields of a section that were changed on the page; files are sent otherwise.

    Raises Stale when the page does not say what its writer saw.
    """
    seen = _seen(post.get("seen", ""))
    changes: dict[str, Typed] = {}
    for field in fields:
        if (
            field.is_calculated
            or field.kind is ValueKind.FILES
            or field.key in post.getlist(KEEP_THEIRS)
        ):
            continue
        revision, mark = seen.get(field.key, (0, digest("")))
        raw = _raw(post, field)
        if digest(raw) != mark:
            changes[field.key] = Typed(raw, revision)
    return changes


def seen_revisions(post: QueryDict) -> dict[str, int]:
    """The revision of each field that the writer of the page saw; raises Stale as above."""
    return {key: revision for key, (revision, _) in _seen(post.get("seen", "")).items()}


def sent_changes(payload: object) -> dict[str, Typed]:
    """The changes of a script's JSON: ``{"changes": {key: {"value": …, "revision": n}}}``.

    Raises ValueError when it has another shape.
    """
    changes = payload.get("changes") if isinstance(payload, dict) else None
    if not isinstance(changes, dict) or len(changes) > 5_000:
        raise ValueError("changes")
    if not all(key.isascii() and key.isprintable() for key in changes):
        raise ValueError("no key holds such characters")
    return {key: _typed(change) for key, change in changes.items()}


def _typed(change: object) -> Typed:
    match change:
        case {"value": str(value), "revision": int(revision)}:
            return Typed(value, revision)
        case {"value": list(value), "revision": int(revision)} if all(
            isinstance(part, str) for part in value
        ):
            return Typed(value, revision)
    raise ValueError("change")


def raw_values(post: QueryDict, fields: Iterable[Field]) -> dict[str, str | list[str]]:
    """What a page sends for each of the fields, blanks too; files are left out."""
    return {field.key: _raw(post, field) for field in fields if field.kind is not ValueKind.FILES}


def _raw(post: QueryDict, field: Field) -> str | list[str]:
    name = f"{INPUT}{field.key}"
    if field.kind in (ValueKind.CHOICES, ValueKind.RANKING):
        return post.getlist(name)
    return post.get(name, "").replace("\r\n", "\n")


def _seen(token: str) -> dict[str, tuple[int, str]]:
    try:
        return {key: (int(revision), str(mark)) for key, (revision, mark) in _object(token)}
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise Stale(UNREADABLE) from None


def _object(token: str) -> Any:
    return json.loads(token).items()
