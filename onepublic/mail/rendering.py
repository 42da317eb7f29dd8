"""How a row of the outbox becomes subject and text: apps register a renderer per kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onepublic.mail.models import OutboxMessage


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person reads: a subject in one line and a plain text."""

    subject: str
    text: str


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


def render(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """A letter by primary key for every message that should still be sent."""
    by_kind: dict[str, list[OutboxMessage]] = {}
    for message in messages:
        by_kind.setdefault(message.kind, []).append(message)
    letters: dict[int, Letter] = {}
    for kind, group in by_kind.items():
        letters |= _renderers[kind](group)
    return letters
