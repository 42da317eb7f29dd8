"""Taking a file in: checked first, then stored under a random key."""

import hashlib
import uuid
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import storages
from django.db import models, transaction

from onepublic.files.archives import (
    BROKEN,
    MACROS,
    ArchiveRefused,
    is_archive,
    refuse_dangerous,
)
from onepublic.files.models import StoredFile
from onepublic.files.names import clean_name
from onepublic.files.states import ScanState
from onepublic.files.tasks import scan_soon
from onepublic.files.types import ACCEPTED_ENDINGS, FILE_TYPES, OOXML, WITH_MACROS, detect

PROTECTED_OR_OLD = (
    "パスワードが付いているか、2003年以前の形式のため、添付できません。"
    "パスワードを外し、現在の形式で保存し直してください。"
)
_OLE_START = bytes.fromhex("d0cf11e0a1b11ae1")  # Office with a password, and before 2007


def check_upload(uploaded: "File[Any]", *, endings: tuple[str, ...] = ACCEPTED_ENDINGS) -> str:
    """The key in FILE_TYPES of ``uploaded``; raises ValidationError with a Japanese sentence.

    Refused: empty, larger than FILE_MAX_BYTES, an ending that is neither in ``endings`` nor in
    FILE_MACRO_ENDINGS, a content that is not what the ending says, a dangerous archive.
    """
    name = clean_name(uploaded.name or "")
    ending = PurePosixPath(name).suffix.lower()
    allowed = (*endings, *settings.FILE_MACRO_ENDINGS)
    if ending not in allowed:
        listed = "、".join(allowed)
        raise ValidationError(f"「{name}」は添付できない種類です。添付できるのは{listed}です。")
    if not uploaded.size:
        raise ValidationError(f"「{name}」は空のファイルです。")
    if uploaded.size > settings.FILE_MAX_BYTES:
        limit = settings.FILE_MAX_BYTES // 1024**2
        raise ValidationError(f"「{name}」は大きすぎます。{limit}MB以下にしてください。")
    return _checked_content(cast(BinaryIO, uploaded), name=name, ending=ending)


def _checked_content(content: BinaryIO, *, name: str, ending: str) -> str:
    lies = ValidationError(
        f"「{name}」の中身が、拡張子（{ending}）の示す種類と違います。"
        "正しい形式で保存し直してから添付してください。"
    )
    try:
        if is_archive(content):
            refuse_dangerous(content)
    except ArchiveRefused as refusal:
        raise ValidationError(f"「{name}」は、{refusal}") from refusal
    except BROKEN as error:
        raise lies from error
    if ending[1:] in OOXML and content.read(len(_OLE_START)) == _OLE_START:
        raise ValidationError(f"「{name}」は、{PROTECTED_OR_OLD}")
    kind = detect(content, ending=ending)
    if kind in WITH_MACROS.values() and ending[1:] in WITH_MACROS:
        raise ValidationError(f"「{name}」は、{MACROS}")
    if kind is None or ending not in FILE_TYPES[kind].endings:
        raise lies
    return kind


def store(
    uploaded: "File[Any]", *, kind: str, by: models.Model | None, made_here: bool = False
) -> StoredFile:
    """Write the bytes, then the row; when the row can't be written the bytes go at once.

    ``kind`` is what :func:`check_upload` returned. Where a scanner is configured the file is in
    quarantine until it was scanned, unless the portal has ``made`` it ``here``. A transaction that
    is rolled back later leaves bytes without a row, which :mod:`onepublic.files.sweeping` takes
    away.
    """
    digest = hashlib.sha256()
    uploaded.seek(0)
    for chunk in uploaded.chunks():
        digest.update(chunk)
    uploaded.seek(0)
    key = uuid.uuid4().hex
    storage = storages["stored_files"]
    saved = storage.save(f"{key[:2]}/{key}", uploaded)
    quarantined = settings.CLAMAV_URL and not made_here
    scan_soon()
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                key=saved,
                name=clean_name(uploaded.name or ""),
                content_type=FILE_TYPES[kind].media_type,
                size=uploaded.size,
                sha256=digest.hexdigest(),
                created_by_id=by.pk if by else None,
                scan_state=ScanState.WAITING if quarantined else ScanState.NOT_SCANNED,
            )
    except Exception:
        storage.delete(saved)
        raise
