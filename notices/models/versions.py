"""The text of a notice as printed. A trigger refuses to change a published version."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Division
from accounts.states import DivisionKind
from notices.models.notices import Notice
from notices.querysets import VersionQuerySet
from notices.states import (
    EDITABLE_STATES,
    Action,
    AttachmentKind,
    Category,
    Importance,
    VersionState,
)
from onepublic.files.models import StoredFile


class NoticeVersion(models.Model):
    """One version: a draft while ``published_at`` is empty, then immutable.

    The first has ``sequence`` 1; every later one is a correction, which says why it was made and
    whether the addressees must confirm receipt again.
    """

    notice = models.ForeignKey(
        Notice, verbose_name="通知", on_delete=models.CASCADE, related_name="versions"
    )
    sequence = models.PositiveSmallIntegerField("版", default=1)
    state = models.CharField(
        "状態", max_length=10, choices=VersionState, default=VersionState.DRAFT
    )
    correction_reason = models.CharField("訂正の理由", max_length=1000, blank=True)
    acknowledge_again = models.BooleanField("改めて確認を求める", default=False)
    category = models.CharField("種別", max_length=20, choices=Category)
    number = models.CharField("文書番号", max_length=60, blank=True)
    issued_on = models.DateField("発出日")
    effective_on = models.DateField("施行日・適用日", null=True, blank=True)
    addressee_line = models.CharField("宛名", max_length=200, blank=True)
    title = models.CharField("件名", max_length=200)
    body = models.TextField("本文", max_length=20_000, blank=True)
    importance = models.CharField(
        "重要度", max_length=10, choices=Importance, default=Importance.NORMAL
    )
    action_asked = models.CharField(
        "求める対応", max_length=10, choices=Action, default=Action.INFORM
    )
    due_on = models.DateField("対応の期限", null=True, blank=True)
    notify_by_mail = models.BooleanField("メールで知らせる", default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="作成者",
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_at = models.DateTimeField("作成日時", db_default=Now())
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="決裁に回した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    return_reason = models.CharField("差戻しの理由", max_length=1000, blank=True)
    scheduled_for = models.DateTimeField("発出の予定日時", null=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="発出を予約した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField("発出日時", null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="決裁者",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

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
            models.CheckConstraint(
                condition=Q(
                    state=VersionState.PUBLISHED,
                    published_at__isnull=False,
                    published_by__isnull=False,
                )
                | (
                    ~Q(state=VersionState.PUBLISHED)
                    & Q(published_at__isnull=True, published_by__isnull=True)
                ),
                name="version_published_fields_exactly_when_published",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("submitted_by")),
                name="version_drafter_is_not_approver",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.RETURNED) | ~Q(return_reason=""),
                name="version_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.SCHEDULED)
                | Q(scheduled_for__isnull=False, scheduled_by__isnull=False),
                name="version_scheduled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.PUBLISHED)
                | Q(action_asked=Action.INFORM)
                | Q(due_on__isnull=False),
                name="version_asks_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(sequence=1) | ~Q(correction_reason=""),
                name="version_corrected_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        """Whether its state lets the drafting division change it."""
        return self.state in EDITABLE_STATES

    @property
    def duty_on(self) -> date | None:
        """Until when the addressees have to act; None when nothing but reading is asked."""
        return None if self.action_asked == Action.INFORM else self.due_on

    @property
    def is_urgent(self) -> bool:
        """Whether its mail goes out at once, whatever hours people picked."""
        return self.importance == Importance.URGENT

    @property
    def is_correction(self) -> bool:
        """Whether it replaces an earlier version."""
        return self.sequence > 1


class Issuer(models.Model):
    """A division that issues the version, in printed order (連名)."""

    version = models.ForeignKey(NoticeVersion, on_delete=models.CASCADE, related_name="issuers")
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("順序")
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="連名に同意した人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    agreed_at = models.DateTimeField("同意日時", null=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="連名に同意しない人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decline_reason = models.CharField("同意しない理由", max_length=1000, blank=True)

    class Meta:
        verbose_name = "発出元"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "division"], name="issuer_once"),
            models.UniqueConstraint(fields=["version", "position"], name="issuer_position_once"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False, declined_by__isnull=True),
                name="issuer_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(declined_by__isnull=True, decline_reason="")
                | (Q(declined_by__isnull=False) & ~Q(decline_reason="")),
                name="issuer_declined_for_a_reason",
            ),
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


class AttachmentDownload(models.Model):
    """A person has downloaded a file; kept once, for the list of who holds it."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="downloads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="downloads"
    )
    downloaded_at = models.DateTimeField("取得日時", db_default=Now())

    class Meta:
        verbose_name = "添付の取得"
        constraints = [
            models.UniqueConstraint(fields=["attachment", "user"], name="attachment_download_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.attachment_id}"
