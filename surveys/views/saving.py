"""Saving a section that a page sent as a whole, and showing again what could not be saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from onepublic.core.requests import Request
from surveys.actions import FieldResult, Outcome, attach_file, detach_file, save_answers
from surveys.forms import INPUT, Typed, typed_changes
from surveys.models import Assignment
from surveys.questionnaire import Field
from surveys.responses import Response
from surveys.views.marks import input_id
from surveys.views.questions import Conflict, Draft
from surveys.views.showing import shown

CHANGED_MEANWHILE = (
    "この画面を開いた後に、別の回答が保存されています。どちらを残すか選んでください。"
)


@dataclass(frozen=True, slots=True)
class Saving:
    """What a post without script did: the results by field, and files that were refused."""

    changes: Mapping[str, Typed]
    results: Mapping[str, FieldResult]
    file_refusals: Mapping[str, str]

    @property
    def is_clean(self) -> bool:
        """Whether everything that was sent is stored."""
        saved = all(result.outcome is Outcome.SAVED for result in self.results.values())
        return saved and not self.file_refusals


@transaction.atomic
def save_page(request: Request, assignment: Assignment, fields: list[Field], user: User) -> Saving:
    """Save the changed fields of a section, then its files; each refusal is kept for the page.

    All in one transaction: when the state or a forged address refuses the whole, as by the closing
    of the survey half-way, nothing of the page is stored.
    """
    changes = typed_changes(request.POST, fields)
    results = save_answers(
        assignment, by=user, changes={k: (c.raw, c.revision) for k, c in changes.items()}
    )
    return Saving(changes, results, _change_files(request, assignment, user))


def _change_files(request: Request, assignment: Assignment, user: User) -> dict[str, str]:
    """Attach what was chosen and take out what was unticked; return refusals by field key."""
    refusals: dict[str, str] = {}
    for name in request.FILES:
        key = str(name).removeprefix(INPUT)
        for uploaded in request.FILES.getlist(name):
            try:
                attach_file(assignment, by=user, field_key=key, uploaded=uploaded)
            except ValidationError as error:
                refusals[key] = error.messages[0]
    for choice in request.POST.getlist("detach"):
        key, _, file_id = choice.rpartition("/")
        detach_file(assignment, by=user, field_key=key, file_id=_uuid(file_id))
    return refusals


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def draft_of(response: Response, saving: Saving, by: User) -> Draft:
    """What could not be saved, beside what is stored now."""
    open_ones = {k: r for k, r in saving.results.items() if r.outcome is not Outcome.SAVED}
    refused = {k: r.message for k, r in open_ones.items() if r.outcome is Outcome.REFUSED}
    stale = {k: r for k, r in open_ones.items() if r.outcome is Outcome.STALE}
    writers = writers_of(stale.values())
    return Draft(
        unsaved={key: saving.changes[key].raw for key in open_ones},
        refusals={**refused, **saving.file_refusals},
        conflicts={
            key: conflict(
                response.questionnaire.field(key), result, saving.changes[key], writers, by
            )
            for key, result in stale.items()
        },
    )


def conflict(
    field: Field, result: FieldResult, change: Typed, writers: Mapping[int, User], by: User
) -> Conflict:
    """Both values of a field that another person wrote meanwhile."""
    writer = writers.get(result.writer_id or 0)
    return Conflict(
        key=field.key,
        label=field.label,
        theirs=shown(field, result.value) or "（空欄）",
        yours=shown(field, change.raw) or "（空欄）",
        writer=_in_words(writer, by),
        time=_moment(result.written_at),
        own=writer == by,
    )


def _in_words(writer: User | None, by: User) -> str:
    """Who was first: also the same person, in another window."""
    if writer == by:
        return "あなた（別の画面）"
    return f"ほかの方（{writer.name}）" if writer else "ほかの方"


def _moment(moment: datetime | None) -> str:
    """``18:30`` today, ``11月23日18:30`` on another day."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    day = "" if local.date() == timezone.localdate() else f"{local.month}月{local.day}日"
    return f"{day}{local:%H:%M}"


def unsaved_fields(response: Response, draft: Draft) -> list[dict[str, str]]:
    """What could not be saved, as the summary on top of the page lists it."""
    told = {**draft.refusals} | dict.fromkeys(draft.conflicts, CHANGED_MEANWHILE)
    return [
        {
            "id": input_id(response.questionnaire.field(key)),
            "label": response.questionnaire.field(key).label,
            "message": message,
        }
        for key, message in told.items()
    ]


def writers_of(results: Iterable[FieldResult]) -> dict[int, User]:
    """Who wrote the other values, by id."""
    writers: dict[int, User] = User.objects.in_bulk({r.writer_id for r in results if r.writer_id})
    return writers
