"""A notice: the permanent page, its state and its audience rule."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.audience import AudienceRule
from accounts.models import Division
from notices.querysets import NoticeQuerySet
from notices.relations import RelationQuerySet
from notices.states import NoticeState, RelationKind
from onepublic.core.once import MadeOnce


class Topic(models.Model):
    """A field of work, such as 予防接種, under which officers look for notices."""

    name = models.CharField("分野", max_length=40, unique=True)

    class Meta:
        verbose_name = "分野"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Notice(MadeOnce):
    """The permanent page of a notice; its text lives in versions.

    ``revision`` grows with every change, so that a form that was loaded before another
    person's change is refused instead of overwriting it. ``published_at`` is that of the first
    version; a later one corrects it.
    """

    division = models.ForeignKey(
        Division, verbose_name="発出元", on_delete=models.PROTECT, related_name="notices"
    )
    state = models.CharField(
        "状態", max_length=12, choices=NoticeState, default=NoticeState.UNPUBLISHED
    )
    stored_audience = models.JSONField("宛先の規則", default=dict)
    revision = models.PositiveIntegerField("改訂番号", default=1)
    created_at = models.DateTimeField("起案日時", db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="起案者",
        on_delete=models.PROTECT,
        related_name="drafted_notices",
    )
    current_version = models.OneToOneField(
        "notices.NoticeVersion",
        verbose_name="現行の版",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField("発出日時", null=True)
    withdrawn_at = models.DateTimeField("取下げ日時", null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="取り下げた人",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawal_reason = models.CharField("取下げの理由", max_length=1000, blank=True)
    topics = models.ManyToManyField(Topic, verbose_name="分野", related_name="notices", blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state=NoticeState.UNPUBLISHED,
                    published_at__isnull=True,
                    current_version__isnull=True,
                )
                | (
                    ~Q(state=NoticeState.UNPUBLISHED)
                    & Q(published_at__isnull=False, current_version__isnull=False)
                ),
                name="notice_published_fields_exactly_when_published",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state=NoticeState.WITHDRAWN,
                        withdrawn_at__isnull=False,
                        withdrawn_by__isnull=False,
                    )
                    & ~Q(withdrawal_reason="")
                )
                | (
                    ~Q(state=NoticeState.WITHDRAWN)
                    & Q(
                        withdrawn_at__isnull=True,
                        withdrawn_by__isnull=True,
                        withdrawal_reason="",
                    )
                ),
                name="notice_withdrawn_by_somebody_for_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state", "-id"]),
            models.Index(fields=["-published_at", "-id"]),
            models.Index(
                fields=["id"], condition=Q(state=NoticeState.WITHDRAWN), name="notice_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"通知{self.pk}"

    @property
    def is_urgent(self) -> bool:
        """Whether mail about what it shows goes out at once, whatever hours people picked."""
        return self.current_version is not None and self.current_version.is_urgent

    @property
    def audience(self) -> AudienceRule:
        """The rule that selects the addressees; frozen as deliveries at publication."""
        return AudienceRule.from_json(self.stored_audience)


class NoticeRelation(models.Model):
    """``source`` amends, repeals, replaces, corrects or is related to ``target``.

    ``since`` is the version of the source that states it first: what a draft or a correction in
    hand says takes effect with its publication. One pair has one relation, and a trigger refuses
    a cycle of BINDING_KINDS.
    """

    source = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="relations_out")
    target = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="relations_in")
    kind = models.CharField("関係", max_length=10, choices=RelationKind)
    since = models.PositiveSmallIntegerField("版", default=1, db_default=1)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = "通知の関係"
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="notice_relation_once"),
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="notice_relation_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
