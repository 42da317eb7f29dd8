"""A prefecture's own words and day for one survey, to its municipalities."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import Organization, User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale
from onepublic.core.wareki import wareki
from onepublic.files.uploads import check_upload, store
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import hold
from surveys.models import PrefectureRound, Survey
from surveys.people import windows_of
from surveys.prefecture_rights import following_prefecture, writes_for
from surveys.states import SurveyState

ROUND_MAIL = "prefecture_round"
MOST_FILES = 20
NOT_OPEN = "この調査は受付中でないため、連絡できません。"
OVERTAKEN = "この連絡は、画面を開いたあとに変更されています。"
NOT_EARLIER = "都道府県への期限は、調査の回答期限（{}）より前の日を入力してください。"
TOO_MANY = f"添付できるファイルは{MOST_FILES}件までです。"
NOTHING_SAID = "連絡事項又は期限を入力してから知らせてください。"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWords:
    """What the prefecture says: its words, its day, files to add, stored files to leave out."""

    note: str
    due_on: date | None = None
    uploads: "Sequence[File[Any]]" = ()
    without: Collection[UUID | str] = ()


@transaction.atomic
def write_round(
    survey: Survey,
    *,
    by: User,
    words: RoundWords,
    revision: int,
    prefecture: Organization | None = None,
    tell: bool = False,
) -> PrefectureRound:
    """Show the words to the municipalities of a prefecture that are asked, in place of earlier
    ones. ``prefecture``: for which the person acts, who may leave it out when there is but one;
    ``tell``: their windows get a mail. ``revision`` is what the form showed, 0
    where there was nothing.

    Raises PermissionDenied for others than the writers of a prefecture with a part in the survey;
    Stale for an older revision; Refused when the survey is not open, for a day that is not before
    the ministry's, above MOST_FILES, and for telling nothing; ValidationError for a bad file.
    """
    held = hold(survey)
    own = following_prefecture(by, held, prefecture)
    if own is None or not writes_for(by, own):
        raise PermissionDenied
    _demand_sayable(held, words, tell=tell)
    current = _current(held, own, by=by, revision=revision)
    current.note, current.due_on, current.written_by = words.note, words.due_on, by
    current.revision = revision + 1
    current.save(update_fields=["note", "due_on", "written_by", "revision"])
    PrefectureRound.objects.filter(pk=current.pk).update(written_at=Now())
    _change_files(current, words, by=by)
    event = record("prefecture_round.written", current, by=by, revision=current.revision)
    if tell:
        asked = Organization.objects.filter(
            prefecture=own, assignments__in=held.assignments.counted()
        )
        enqueue(ROUND_MAIL, subject_id=event.pk, people=windows_of(asked))
    return current


def _demand_sayable(survey: Survey, words: RoundWords, *, tell: bool) -> None:
    if survey.state != SurveyState.OPEN:
        raise Refused(NOT_OPEN)
    if words.due_on and words.due_on >= survey.due_on:
        raise Refused(NOT_EARLIER.format(wareki(survey.due_on)))
    if tell and not (words.note.strip() or words.due_on):
        raise Refused(NOTHING_SAID)


def _current(
    survey: Survey, prefecture: Organization, *, by: User, revision: int
) -> PrefectureRound:
    """The row of the prefecture under the survey's lock, made with its first words."""
    rows = PrefectureRound.objects.filter(survey=survey, prefecture=prefecture)
    current = rows.first()
    if revision != (current.revision if current else 0):
        raise Stale(OVERTAKEN)
    return current or PrefectureRound.objects.create(
        survey=survey, prefecture=prefecture, written_by=by
    )


def _change_files(current: PrefectureRound, words: RoundWords, *, by: User) -> None:
    current.files.remove(*current.files.filter(pk__in=list(words.without)))
    if current.files.count() + len(words.uploads) > MOST_FILES:
        raise Refused(TOO_MANY)
    kinds = [check_upload(file) for file in words.uploads]
    pairs = zip(words.uploads, kinds, strict=True)
    current.files.add(*(store(file, kind=kind, by=by) for file, kind in pairs))
