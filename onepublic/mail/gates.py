"""Whom mail reaches no more, asked at the last moment: an app that knows of people says so."""

from collections.abc import Callable, Sequence

from onepublic.mail.models import OutboxMessage

Gate = Callable[[Sequence[OutboxMessage]], set[int]]
_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Let ``gate`` keep messages back, an app calls this when it is ready: it gets messages that
    are to be sent now, and returns the primary keys of those that must not go.
    """
    if gate not in _gates:
        _gates.append(gate)


def kept_back(messages: Sequence[OutboxMessage]) -> set[int]:
    """The primary keys of the messages that any gate keeps back."""
    return {key for gate in _gates for key in gate(messages)}
