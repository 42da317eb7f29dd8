"""What an evaluation finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from surveys.questionnaire.values import Number


class Level(StrEnum):
    """What a finding does: all but a warning stop submitting, none stops saving."""

    ERROR = "error"
    WARNING = "warning"
    BLANK = "blank"
    INVALID = "invalid"


class SectionState(StrEnum):
    """How far a section is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    CHECK_NEEDED = "check_needed"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: at `question_id`, concerning `field_keys` (maybe of others too)."""

    level: Level
    question_id: str
    field_keys: tuple[str, ...]
    message: str
    rule_id: str | None = None


@dataclass(frozen=True, slots=True)
class TableTotals:
    """Totals of a table by row id and column id, where it asks for them.

    None: nothing is typed in that row or column. `grand` only where both are asked.
    """

    rows: Mapping[str, Decimal | None]
    columns: Mapping[str, Decimal | None]
    grand: Decimal | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One response at one moment. Everything not visible counts as blank.

    `calculated` holds the number of each visible calculated question, None where it is blank.
    """

    visible_sections: frozenset[str]
    visible_questions: frozenset[str]
    visible_fields: frozenset[str]
    totals: Mapping[str, TableTotals]
    findings: tuple[Finding, ...]
    section_states: Mapping[str, SectionState]
    calculated: Mapping[str, Number | None] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether it may be submitted, once every warning has a reason."""
        return all(finding.level is Level.WARNING for finding in self.findings)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The warnings, each of which asks for a reason."""
        return tuple(finding for finding in self.findings if finding.level is Level.WARNING)

    def findings_of(self, question_id: str) -> tuple[Finding, ...]:
        """Return the findings to show at a question."""
        return tuple(f for f in self.findings if f.question_id == question_id)
