"""A stored file: its bytes under a random key, its name and facts here."""

import uuid

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import models
from django.db.models.functions import Now

from onepublic.files.querysets import StoredFileQuerySet
from onepublic.files.states import HELD, ScanState


class StoredFile(models.Model):
    """Immutable bytes that some notice, answer or compilation owns.

    A file has no address of its own: it is served only through its owner's ``visible_to``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField("保存場所", max_length=80, unique=True)
    name = models.CharField("ファイル名", max_length=200)
    content_type = models.CharField("種類", max_length=120)
    size = models.BigIntegerField("大きさ（バイト）")
    sha256 = models.CharField("ハッシュ値", max_length=64)
    created_at = models.DateTimeField("登録日時", db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登録した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    scan_state = models.CharField(
        "検査の状態",
        max_length=12,
        choices=ScanState,
        default=ScanState.NOT_SCANNED,
        db_default=ScanState.NOT_SCANNED,
    )
    scan_signature = models.CharField("検出名", max_length=200, default="", db_default="")
    scanned_at = models.DateTimeField("検査日時", null=True)
    scan_due_at = models.DateTimeField("次の検査", null=True, db_default=Now())
    scan_attempts = models.PositiveIntegerField("検査の試行回数", default=0, db_default=0)
    scan_error = models.CharField("直近の失敗", max_length=200, default="", db_default="")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "ファイル"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gte=0), name="stored_file_size_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(scan_state=ScanState.INFECTED) ^ models.Q(scan_signature=""),
                name="stored_file_signature_exactly_when_infected",
            ),
            models.CheckConstraint(
                condition=models.Q(scan_state__in=[ScanState.CLEAN, ScanState.INFECTED])
                ^ models.Q(scanned_at=None),
                name="stored_file_scanned_at_exactly_when_judged",
            ),
        ]
        indexes = [
            models.Index(
                fields=["scan_due_at"],
                condition=models.Q(scan_due_at__isnull=False),
                name="stored_file_scan_due",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_held(self) -> bool:
        """In quarantine: it must not be served, nor published."""
        return self.scan_state in HELD

    def open(self) -> "File[bytes]":
        """The bytes as a binary file, from the storage named ``stored_files``."""
        return storages["stored_files"].open(self.key, "rb")
