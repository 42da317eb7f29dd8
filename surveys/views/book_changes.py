"""An uploaded workbook as its page shows it: changes, conflicts, complaints, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from surveys.answerbook import BookReading, Change, Complaint, Differences
from surveys.models import AnswerUpload
from surveys.offline import differences_of
from surveys.parts import parts_of
from surveys.permissions import closed_sections
from surveys.responses import Response
from surveys.views.showing import shown

BLANK = "（空欄）"


@dataclass(frozen=True, slots=True)
class Row:
    """One change in words."""

    place: str
    label: str
    now: str
    mine: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on the page. ``conflicts``: the change, its label, both values in words."""

    upload: AnswerUpload
    response: Response
    differences: Differences
    rows: Sequence[Row]
    conflicts: Sequence[tuple[Change, str, str, str]]
    complaints: Sequence[Complaint]
    made_for: int

    @property
    def is_open(self) -> bool:
        """Whether it still can be taken over or discarded."""
        return self.upload.settled_at is None

    @property
    def is_of_older_revision(self) -> bool:
        """Whether the questionnaire was revised since the workbook was downloaded."""
        return self.made_for < self.response.assignment.revision.number


def show_upload(upload: AnswerUpload, response: Response, by: User) -> Shown:
    """The page's content; the changes of one that was settled are not worked out again."""
    reading = BookReading.from_json(upload.reading)
    found = Differences((), ())
    if upload.settled_at is None:
        closed = closed_sections(by, parts_of(response.assignment))
        found = differences_of(upload, response, closed=closed)
    return Shown(
        upload,
        response,
        found,
        [_row(response, change) for change in found.changes if not change.in_conflict],
        [_conflict(response, change) for change in found.conflicts],
        [*reading.complaints, *found.left],
        reading.revision,
    )


def _row(response: Response, change: Change) -> Row:
    field = response.questionnaire.field(change.key)
    now, mine = shown(field, change.now), shown(field, change.mine)
    return Row(change.place, field.label, now or BLANK, mine or BLANK)


def _conflict(response: Response, change: Change) -> tuple[Change, str, str, str]:
    row = _row(response, change)
    return change, f"{row.label}（{row.place}）", row.now, row.mine
