"""Deliveries: the audience as rows, and what each organization and person did."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Division, Organization
from notices.models.notices import Notice
from notices.querysets import DeliveryQuerySet


def _person(label: str) -> "models.ForeignKey[object, object]":
    """Who did it; nobody yet. Without an index: nobody is deleted, and no page asks by person."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        null=True,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="+",
    )


def _together(*names: str) -> Q:
    """All of the columns are filled, or none."""
    return Q(**{f"{name}__isnull": True for name in names}) | Q(
        **{f"{name}__isnull": False for name in names}
    )


def _inbox_index(name: str, *fields: str, **empty: bool) -> models.Index:
    """The inbox's order over the rows in which the columns are empty, or filled."""
    return models.Index(
        fields=["organization", *fields, "-delivered_at", "-id"],
        include=["notice"],
        condition=Q(**{f"{column}__isnull": value for column, value in empty.items()}),
        name=name,
    )


class Delivery(models.Model):
    """One notice to one organization: delivered, opened, acknowledged, done or declined, with
    who and when.

    ``division`` is the 課室 that deals with it, from the organization's routes or handed over;
    empty stands for the window division. ``due_on`` is that of the current version when it asks for
    something to be done (see :meth:`NoticeVersion.duty_on`), empty otherwise: what an organization
    has to act on is found by an index on it. ``opened_at`` is about the current version: what was
    done with an earlier one is kept as PastDelivery when a correction replaces it.
    """

    # Of the keys' own indexes there are none: those below begin with them.
    notice = models.ForeignKey(
        Notice,
        verbose_name="通知",
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name="機関",
        on_delete=models.PROTECT,
        related_name="deliveries",
        db_index=False,
    )
    delivered_at = models.DateTimeField("配信日時", db_default=Now())
    division = models.ForeignKey(
        Division,
        verbose_name="担当",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    remark = models.CharField("申し送り", max_length=300, db_default="", default="")
    due_on = models.DateField("対応の期限", null=True)
    opened_at = models.DateTimeField("開封日時", null=True)
    opened_by = _person("開封した人")
    acknowledged_at = models.DateTimeField("確認日時", null=True)
    acknowledged_by = _person("確認した人")
    done_at = models.DateTimeField("対応済みとした日時", null=True)
    done_by = _person("対応済みとした人")
    declined_at = models.DateTimeField("所管外とした日時", null=True)
    declined_by = _person("所管外とした人")
    declined_to = models.CharField("所管する課室", max_length=100, db_default="", default="")
    declined_reason = models.CharField("所管外の理由", max_length=300, db_default="", default="")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "配信"
        constraints = [
            models.UniqueConstraint(fields=["notice", "organization"], name="delivery_once"),
            models.CheckConstraint(
                condition=_together("opened_at", "opened_by"), name="delivery_opened_by_somebody"
            ),
            models.CheckConstraint(
                condition=_together("acknowledged_at", "acknowledged_by"),
                name="delivery_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=_together("done_at", "done_by"), name="delivery_done_by_somebody"
            ),
            models.CheckConstraint(
                condition=_together("declined_at", "declined_by"),
                name="delivery_declined_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(declined_at__isnull=True) | ~Q(declined_to=""),
                name="delivery_declined_in_favour_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(declined_at__isnull=True),
                name="delivery_done_or_declined",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "-delivered_at", "-id"],
                include=["notice", "division"],
                name="delivery_inbox",
            ),
            _inbox_index("delivery_unopened", opened_at=True),
            _inbox_index("delivery_unacknowledged", acknowledged_at=True, declined_at=True),
            _inbox_index("delivery_declined", declined_at=False),
            _inbox_index("delivery_of_division", "division", division=False),
            models.Index(
                fields=["organization", "due_on", "id"],
                include=["notice"],
                condition=Q(due_on__isnull=False, done_at__isnull=True, declined_at__isnull=True),
                name="delivery_to_act_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.organization_id}"

    @property
    def is_to_act_on(self) -> bool:
        """Whether something asked by a day is neither done nor declined."""
        return self.due_on is not None and self.done_at is None and self.declined_at is None

    @property
    def is_owed(self) -> bool:
        """Whether the organization still has to acknowledge or to act."""
        waiting = self.acknowledged_at is None and self.declined_at is None
        return waiting or self.is_to_act_on

    @property
    def state(self) -> str:
        """Where the organization stands with it, in a word."""
        if self.declined_at:
            return "所管外"
        if self.done_at:
            return "対応済み"
        if self.acknowledged_at is None:
            return "未確認"
        return "対応待ち" if self.is_to_act_on else "確認済み"


class PastDelivery(models.Model):
    """What an organization had done with a version when a correction replaced it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="past")
    sequence = models.PositiveSmallIntegerField("版")
    opened_at = models.DateTimeField("開封日時", null=True)
    opened_by = _person("開封した人")
    acknowledged_at = models.DateTimeField("確認日時", null=True)
    acknowledged_by = _person("確認した人")

    class Meta:
        verbose_name = "前の版の配信"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "sequence"], name="past_delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} 第{self.sequence}版"
