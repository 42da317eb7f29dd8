"""How a row of the outbox becomes subject and text: apps register a renderer per kind."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from onepublic.mail.models import OutboxMessage

Row = TypeVar("Row")
FOOTER = "内容は、上のページにログインしてご覧ください。\nこのメールには返信できません。"
"""Under a letter whose last lines are the address of a page."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person reads: a subject in one line and a plain text.

    ``entry``: the lines that stand for it in a letter that collects several; the first is its
    title. Without any, the subject stands for it.
    """

    subject: str
    text: str
    entry: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """By primary key of the message: its letter, or why it could not be written. One that is in
    neither has lost its subject.
    """

    letters: dict[int, Letter] = field(default_factory=dict)
    failures: dict[int, Exception] = field(default_factory=dict)


log = logging.getLogger(__name__)
Renderer = Callable[[Sequence[OutboxMessage]], dict[int, Letter]]
_renderers: dict[str, Renderer] = {}


def register(kind: str, renderer: Renderer) -> None:
    """Let ``renderer`` write the messages of ``kind``; an app calls this when it is ready.

    A renderer gets messages of its kind and returns a letter by primary key; it leaves out
    messages whose subject is gone (withdrawn), and these are cancelled. Raises ValueError when
    the kind is taken.
    """
    if _renderers.setdefault(kind, renderer) is not renderer:
        raise ValueError(f"the mail kind {kind!r} has two renderers")


def to_each(
    find: Callable[[Collection[int]], Mapping[int, Row]], write: Callable[[Row], Letter | None]
) -> Renderer:
    """A renderer for messages whose subjects ``find`` looks up, each written once and sent with
    the person's name; what is not found, or not written (None), must not go any more.
    """

    def letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
        found = find({message.subject_id for message in messages})
        written = {key: write(row) for key, row in found.items()}
        return {
            message.pk: Letter(
                letter.subject, f"{message.person.name} 様\n\n{letter.text}", letter.entry
            )
            for message in messages
            if (letter := written.get(message.subject_id))
        }

    return letters


def render(messages: Sequence[OutboxMessage]) -> Rendered:
    """A letter for every message that should still be sent; one that can't be written holds up
    no other.
    """
    by_kind: dict[str, list[OutboxMessage]] = {}
    for message in messages:
        by_kind.setdefault(message.kind, []).append(message)
    rendered = Rendered()
    for kind, group in by_kind.items():
        _render_kind(kind, group, rendered)
    return rendered


def _render_kind(kind: str, group: Sequence[OutboxMessage], into: Rendered) -> None:
    """All at once; when that fails, one by one, so that only the broken ones are left."""
    try:
        into.letters.update(_renderers[kind](group))
    except Exception as error:
        if len(group) == 1:
            log.exception("mail %s can't be written", group[0].message_id)
            into.failures[group[0].pk] = error
            return
        for message in group:
            _render_kind(kind, [message], into)
