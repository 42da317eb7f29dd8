"""What a snapshot holds: counts, the organizations that answered, and those that owe."""

from dataclasses import dataclass
from datetime import date, datetime

from surveys.questionnaire import Respondent
from surveys.states import HANDED_IN_STATES


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were asked, and how far they were at ``taken_at`` (the database's clock)."""

    taken_at: datetime
    asked: int
    submitted: int
    drafting: int


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One organization that was asked; ``answers`` is None until it has submitted."""

    code: str
    prefecture_code: str
    prefecture_name: str
    name: str
    kind: str
    has_health_center: bool
    regional_bureau: str
    bureau_name: str
    state: str
    submitted_at: datetime | None
    receipt_number: str | None
    not_applicable_reason: str
    answers: dict[str, object] | None
    previous: dict[str, object] | None = None

    @property
    def nothing_applies(self) -> bool:
        """Whether it handed in that the whole survey does not apply to it."""
        return self.state in HANDED_IN_STATES and bool(self.not_applicable_reason)

    @property
    def respondent(self) -> Respondent:
        """The organization as conditions see it."""
        return Respondent(
            self.kind, self.prefecture_code, self.has_health_center, self.regional_bureau
        )


@dataclass(frozen=True, slots=True)
class OwingRow:
    """One organization that has not handed in, and which division gathers its response."""

    code: str
    prefecture_name: str
    name: str
    kind: str
    state: str
    last_answer_at: datetime | None
    due_on: date
    division: str
