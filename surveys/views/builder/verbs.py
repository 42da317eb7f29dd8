"""The words of the builder's buttons, and the step that each of them means.

A button sends ``do``: a word and what it is about, ``up q3`` or ``add s1 single q2``; ``-`` in the
place of a question means the head of the section.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from django.http import Http404

from surveys import authoring
from surveys.actions import Subject, redo, undo
from surveys.authoring import Step
from surveys.forms.builder import TYPE_LABELS

START: Final = "-"
HISTORY: Final = {
    "undo": (undo, "「{}」を取り消しました。"),
    "redo": (redo, "「{}」をやり直しました。"),
}
# The focus stays on the same button, which has moved with its card.
STAYING: Final = frozenset({"up", "down", "section-up", "section-down"})


def named_step(sent: str) -> tuple[Step, Subject | None]:
    """The step and what it is about; Http404 for anything that no button sends."""
    verb, *arguments = sent.split(" ")
    kind, count, make = _STEPS.get(verb, ("", 0, None))
    if make is None or len(arguments) != count:
        raise Http404
    about = arguments[0]
    subject = None if about == START else Subject(kind, about)
    return make(*("" if argument == START else argument for argument in arguments)), subject


# An image comes with a file, and so with a page of its own.
_TYPES: Final = frozenset(TYPE_LABELS) - {"image"}


def _add(section: str, type_: str, after: str) -> Step:
    if type_ not in _TYPES:
        raise Http404
    return partial(authoring.add_question, type_=type_, section=section, after=after)


def _place(question: str, section: str, after: str) -> Step:
    return partial(authoring.move_question, question_id=question, section=section, after=after)


def _retype(question: str, type_: str) -> Step:
    if type_ not in _TYPES:
        raise Http404
    return partial(authoring.retype_question, question_id=question, type_=type_)


def _shift(by: int) -> Callable[[str], Step]:
    return lambda question: partial(authoring.shift_question, question_id=question, by=by)


def _shift_section(by: int) -> Callable[[str], Step]:
    return lambda section: partial(authoring.shift_section, section_id=section, by=by)


_STEPS: Final[Mapping[str, tuple[str, int, Callable[..., Step]]]] = {
    "add": ("section", 3, _add),
    "up": ("question", 1, _shift(-1)),
    "down": ("question", 1, _shift(1)),
    "place": ("question", 3, _place),
    "duplicate": ("question", 1, lambda q: partial(authoring.duplicate_question, question_id=q)),
    "remove": ("question", 1, lambda q: partial(authoring.remove_question, question_id=q)),
    "retype": ("question", 2, _retype),
    "section-add": ("section", 1, lambda after: partial(authoring.add_section, after=after)),
    "section-up": ("section", 1, _shift_section(-1)),
    "section-down": ("section", 1, _shift_section(1)),
    "section-duplicate": (
        "section",
        1,
        lambda s: partial(authoring.duplicate_section, section_id=s),
    ),
    "section-remove": ("section", 1, lambda s: partial(authoring.remove_section, section_id=s)),
    "rule-remove": ("rule", 1, lambda rule: partial(authoring.remove_rule, rule_id=rule)),
}
