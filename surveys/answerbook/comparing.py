"""What taking a workbook over would change, beside what others wrote meanwhile."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Final

from surveys.answerbook.said import Complaint, Entry
from surveys.questionnaire import (
    InvalidValue,
    Questionnaire,
    Respondent,
    evaluate,
    normalise,
    to_json,
)

HIDDEN: Final = "条件により、この設問は回答の対象外です。"
GONE: Final = "調査票が改訂され、この設問はなくなりました。"

# Stored JSON value and revision by field key.
Answers = Mapping[str, tuple[object, int]]


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what the portal holds now and at which revision, and what the workbook says.

    In conflict where somebody wrote it after the workbook was made.
    """

    key: str
    place: str
    now: object
    revision: int
    mine: object
    in_conflict: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """``changes`` may be taken over; ``left`` says of what may not why."""

    changes: tuple[Change, ...]
    left: tuple[Complaint, ...]

    @property
    def fingerprint(self) -> str:
        """Tells whether a page showed just these changes of just these revisions."""
        shown = [(change.key, change.revision, change.in_conflict) for change in self.changes]
        return blake2s(json.dumps(shown).encode()).hexdigest()

    @property
    def conflicts(self) -> list[Change]:
        """Those in which somebody must choose."""
        return [change for change in self.changes if change.in_conflict]


def compare(
    questionnaire: Questionnaire,
    respondent: Respondent,
    entries: Sequence[Entry],
    answers: Answers,
    *,
    previous: Mapping[str, object] | None = None,
    why_kept: Callable[[str], str] = lambda key: "",
) -> Differences:
    """What the entries would change in ``answers``; ``previous`` are those of the last round.

    What already says the same is passed over. ``why_kept`` tells why the field of this key must
    not be overwritten by this person ("" where it may be). What the conditions hide once all is
    taken over is left out: this organization is not asked for it.
    """
    changes = [
        change
        for entry in entries
        if (change := _change(entry, *answers.get(entry.key, (None, 0)))) is not None
    ]
    merged = {key: value for key, (value, _) in answers.items()}
    merged |= {change.key: change.mine for change in changes}
    visible = evaluate(questionnaire, merged, respondent, previous=previous).visible_fields
    reasons = {
        change.key: _why_refused(questionnaire, change)
        or why_kept(change.key)
        or ("" if change.key in visible or change.mine is None else HIDDEN)
        for change in changes
    }
    return Differences(
        tuple(change for change in changes if not reasons[change.key]),
        tuple(
            Complaint(change.place, _label(questionnaire, change.key), reasons[change.key])
            for change in changes
            if reasons[change.key]
        ),
    )


def _change(entry: Entry, now: object, revision: int) -> Change | None:
    if entry.value == now and type(entry.value) is type(now):
        return None
    in_conflict = revision != entry.seen
    return Change(entry.key, entry.place, now, revision, entry.value, in_conflict)


def _why_refused(questionnaire: Questionnaire, change: Change) -> str:
    """The questionnaire may have been revised since the workbook was read."""
    asked = questionnaire.fields_by_key.get(change.key)
    if asked is None:
        return GONE
    try:
        return "" if to_json(normalise(asked, change.mine)) == change.mine else GONE
    except InvalidValue as refusal:
        return refusal.message


def _label(questionnaire: Questionnaire, key: str) -> str:
    asked = questionnaire.fields_by_key.get(key)
    return asked.label if asked else ""
