"""The text of a notice as printed. A trigger refuses to change a published version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Division
from accounts.states import DivisionKind
from notices.models.notices import Notice
from notices.querysets import VersionQuerySet
from notices.states import AttachmentKind, Category, Importance
from onepublic.files.models import StoredFile


class NoticeVersion(models.Model):
    """One version: a draft while ``published_at`` is empty, then immutable."""

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.CASCADE, related_name="versions"
    )
    sequence = models.PositiveSmallIntegerField("版", default=1)
    category = models.CharField("種別", max_length=20, choices=Category)
    number = models.CharField("文書番号", max_length=60, blank=True)
    issued_on = models.DateField("発出日")
    addressee_line = models.CharField("宛名", max_length=200, blank=True)
    title = models.CharField("件名", max_length=200)
    body = models.TextField("本文", max_length=20_000, blank=True)
    importance = models.CharField(
        "重要度", max_length=10, choices=Importance, default=Importance.NORMAL
    )
    due_on = models.DateField("対応の期限", null=True, blank=True)
    contact = models.CharField("問合せ先", max_length=300, blank=True)
    notify_by_mail = models.BooleanField("メールで知らせる", default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="作成者",
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_at = models.DateTimeField("作成日時", db_default=Now())
    published_at = models.DateTimeField("発出日時", null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "通知の版"
        constraints = [
            models.UniqueConstraint(fields=["notice", "sequence"], name="version_sequence_once"),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(published_at__isnull=True),
                name="version_one_draft_per_notice",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Issuer(models.Model):
    """A division that issues the version, in printed order (連名)."""

    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="issuers")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("順序")

    class Meta:
        verbose_name = "発出元"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "division"], name="issuer_once"),
            models.UniqueConstraint(fields=["version", "position"], name="issuer_position_once"),
        ]

    def __str__(self) -> str:
        return str(self.division)

    def signed(self, *, category: str) -> str:
        """As printed: ``厚生労働省医政局総務課長``.

        By office custom a 事務連絡 comes from the division itself, the others from its head;
        a 参事官 is a person already.
        """
        place = f"{self.division.organization.name}{self.division.full_name}".replace(" ", "")
        by_head = category != Category.ADMIN_MESSAGE
        return f"{place}長" if by_head and self.division.kind != DivisionKind.COUNSELLOR else place


class Attachment(models.Model):
    """A file of the version, by kind and order."""

    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        "区分", max_length=12, choices=AttachmentKind, default=AttachmentKind.ANNEX
    )
    position = models.PositiveSmallIntegerField("順序")

    class Meta:
        verbose_name = "添付"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="attachment_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file}"
