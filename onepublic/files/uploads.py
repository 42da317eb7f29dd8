"""Taking a file in: checked first, then stored under a random key."""

import hashlib
import unicodedata
import uuid
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import storages
from django.db import models, transaction

from onepublic.core.text import without_forbidden
from onepublic.files.models import StoredFile
from onepublic.files.states import ScanState
from onepublic.files.tasks import scan_soon
from onepublic.files.types import ACCEPTED_ENDINGS, FILE_TYPES, detect

NAME_LENGTH = 200


def clean_name(name: str) -> str:
    """The last part of ``name`` without paths, control or bidirectional characters.

    Normalised to NFC, as Windows expects (macOS sends NFD); at most 200 characters, and the
    ending is kept. 「ファイル」 when nothing is left.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = without_forbidden(last).replace("\n", "").replace("\t", "").strip(" .")
    for sign in '<>:"|?*':
        plain = plain.replace(sign, "_")
    ending = PurePosixPath(plain).suffix[:20]
    stem = plain[: len(plain) - len(ending)] if ending else plain
    return f"{stem[: NAME_LENGTH - len(ending)] or 'ファイル'}{ending}"


def check_upload(uploaded: "File[Any]", *, endings: tuple[str, ...] = ACCEPTED_ENDINGS) -> str:
    """The key in FILE_TYPES of ``uploaded``; raises ValidationError with a Japanese sentence.

    Refused: empty, larger than FILE_MAX_BYTES, an ending that is not in ``endings``, a content
    that is not what the ending says.
    """
    name = clean_name(uploaded.name or "")
    ending = PurePosixPath(name).suffix.lower()
    if ending not in endings:
        allowed = "、".join(endings)
        raise ValidationError(f"「{name}」は添付できない種類です。添付できるのは{allowed}です。")
    if not uploaded.size:
        raise ValidationError(f"「{name}」は空のファイルです。")
    if uploaded.size > settings.FILE_MAX_BYTES:
        limit = settings.FILE_MAX_BYTES // 1024**2
        raise ValidationError(f"「{name}」は大きすぎます。{limit}MB以下にしてください。")
    kind = detect(uploaded, ending=ending)  # type: ignore[arg-type]  # File is a binary stream
    if kind is None or ending not in FILE_TYPES[kind].endings:
        raise ValidationError(
            f"「{name}」の中身が、拡張子（{ending}）の示す種類と違います。"
            "正しい形式で保存し直してから添付してください。"
        )
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
