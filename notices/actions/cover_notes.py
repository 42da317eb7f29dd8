"""A prefecture's note to its municipalities: written, given files, published, renewed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organization, User
from notices.actions.locking import locked
from notices.models import CoverNote, CoverNoteFile, Notice
from notices.relaying import municipalities_reached, relaying_prefecture
from notices.routing import people_dealing_with
from notices.states import NoticeState
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale
from onepublic.files.models import StoredFile
from onepublic.files.uploads import check_upload, store
from onepublic.mail.outbox import enqueue

MAIL_KIND = "cover_note_published"
MOST_FILES = 20
TAKEN_BACK = "この通知は取り下げられたため、連絡できません。"
CHANGED_SINCE = (
    "この連絡は、画面を開いたあとに変更されています。"
    "最新の内容を確かめてから、もう一度操作してください。"
)
NO_DRAFT = "公開していない下書きがありません。すでに公開されています。"
NO_WORDS = "本文を入力してから公開してください。"
TOO_MANY = f"添付できるファイルは{MOST_FILES}件までです。"
HELD = "添付「{}」のウイルス検査が終わっていないか、安全を確かめられないため、公開できません。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the prefecture writes: text, its own day, files to add, stored files to leave out."""

    text: str
    due_on: date | None = None
    uploads: "Sequence[File[Any]]" = ()
    without: Collection[UUID] = ()


@transaction.atomic
def write(notice: Notice, *, by: User, words: Words, revision: int) -> CoverNote:
    """Keep the words as the draft of the person's prefecture; where a note is published, a draft
    of its next wording begins with the published one's files.

    ``revision`` is the one that the form showed (0 where there was no draft). Raises
    PermissionDenied for others than drafters and approvers of a prefecture whose municipalities
    got the notice, Stale for an old revision or a withdrawn notice, Refused above MOST_FILES,
    ValidationError for a file that check_upload refuses.
    """
    prefecture = _relaying(notice, by)
    draft = _draft_of(notice, prefecture)
    if revision != (draft.revision if draft else 0):
        raise Stale(CHANGED_SINCE)
    note = draft or _next_wording(notice, prefecture, by=by)
    note.files.filter(file__in=list(words.without)).delete()
    _put_in(note, words.uploads, by=by)
    note.text, note.due_on, note.written_by = words.text, words.due_on, by
    note.revision += 1
    note.save(update_fields=["text", "due_on", "written_by", "revision"])
    CoverNote.objects.filter(pk=note.pk).update(written_at=Now())
    record("cover_note.written", note, by=by, revision=note.revision)
    return note


@transaction.atomic
def publish_cover_note(notice: Notice, *, by: User, revision: int) -> CoverNote:
    """Show the draft to the municipalities that got the notice and tell them by mail.

    Raises PermissionDenied and Stale as :func:`write`, Refused without words and for a file in
    quarantine. Twice gives one publication.
    """
    prefecture = _relaying(notice, by)
    note = _draft_of(notice, prefecture)
    if note is None:
        raise Stale(NO_DRAFT)
    if revision != note.revision:
        raise Stale(CHANGED_SINCE)
    _ensure_complete(note)
    note.published_at, note.published_by = timezone.now(), by
    note.save(update_fields=["published_at", "published_by"])
    people = people_dealing_with(municipalities_reached(notice, prefecture))
    told = enqueue(MAIL_KIND, subject_id=note.pk, people=people, at_once=notice.is_urgent)
    record("cover_note.published", note, by=by, sequence=note.sequence, people=told)
    return note


def _relaying(notice: Notice, by: User) -> Organization:
    """Under the lock of the notice: the prefecture in whose name the person writes."""
    current = locked(notice)
    if current.state == NoticeState.WITHDRAWN:
        raise Stale(TAKEN_BACK)
    prefecture = relaying_prefecture(by, current)
    if prefecture is None:
        raise PermissionDenied
    return prefecture


def _draft_of(notice: Notice, prefecture: Organization) -> CoverNote | None:
    drafts = CoverNote.objects.drafts().filter(notice=notice, prefecture=prefecture)
    return drafts.select_for_update().first()


def _next_wording(notice: Notice, prefecture: Organization, *, by: User) -> CoverNote:
    earlier = CoverNote.objects.filter(notice=notice, prefecture=prefecture)
    last = earlier.order_by("-sequence").first()
    note = CoverNote.objects.create(
        notice=notice,
        prefecture=prefecture,
        sequence=last.sequence + 1 if last else 1,
        written_by=by,
        revision=0,
    )
    kept = last.files.all() if last else []
    CoverNoteFile.objects.bulk_create(
        CoverNoteFile(cover_note=note, file_id=one.file_id, position=one.position) for one in kept
    )
    return note


def _put_in(note: CoverNote, uploads: "Sequence[File[Any]]", *, by: User) -> None:
    if note.files.count() + len(uploads) > MOST_FILES:
        raise Refused(TOO_MANY)
    last = note.files.aggregate(last=Max("position"))["last"] or 0
    kinds = [check_upload(file) for file in uploads]
    CoverNoteFile.objects.bulk_create(
        CoverNoteFile(cover_note=note, file=store(file, kind=kind, by=by), position=position)
        for position, (file, kind) in enumerate(zip(uploads, kinds, strict=True), last + 1)
    )


def _ensure_complete(note: CoverNote) -> None:
    if not note.text.strip():
        raise Refused(NO_WORDS)
    held = StoredFile.objects.held().filter(pk__in=note.files.values("file")).first()
    if held:
        raise Refused(HELD.format(held))
