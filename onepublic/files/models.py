"""A stored file: its bytes under a random key, its name and facts here."""

import uuid

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import models
from django.db.models.functions import Now


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

    class Meta:
        verbose_name = "ファイル"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gte=0), name="stored_file_size_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def open(self) -> "File[bytes]":
        """The bytes as a binary file, from the storage named ``stored_files``."""
        return storages["stored_files"].open(self.key, "rb")
