"""How a division issues: its symbol, whether others need its agreement, and numbers in use."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Division
from notices.models.notices import Notice


class IssuingRule(models.Model):
    """What a division of the ministry has set for its notices; without a row: nothing.

    Several divisions of a bureau may share a symbol, and then share its running numbers.
    """

    division = models.OneToOneField(
        Division, on_delete=models.PROTECT, primary_key=True, related_name="issuing_rule"
    )
    symbol = models.CharField("文書番号の符号", max_length=20, blank=True)
    requires_agreement = models.BooleanField("連名に同意を必要とする", default=False)

    class Meta:
        verbose_name = "発出の設定"

    def __str__(self) -> str:
        return f"{self.division} {self.symbol}"


class ReservedNumber(models.Model):
    """A number that a draft or a published notice has in a year; never given to another.

    ``key`` is :func:`notices.numbers.canonical` of the raw ``number``. ``assigned``: the portal
    gave it, so that it stays used also when the draft changes its mind. ``notice`` is empty when
    the draft was discarded.
    """

    year = models.PositiveSmallIntegerField("年")
    key = models.TextField("番号")
    number = models.CharField("文書番号", max_length=60)
    symbol = models.TextField("符号", blank=True)
    running = models.PositiveIntegerField("番号", null=True)
    assigned = models.BooleanField("採番した番号", default=False)
    notice = models.ForeignKey(
        Notice, null=True, on_delete=models.SET_NULL, related_name="reserved_numbers"
    )
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+")
    reserved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reserved_at = models.DateTimeField("取得日時", db_default=Now())

    class Meta:
        verbose_name = "使用中の文書番号"
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="number_once_a_year"),
            models.CheckConstraint(condition=~Q(key=""), name="number_is_not_blank"),
        ]
        indexes = [models.Index(fields=["year", "symbol", "-running"])]

    def __str__(self) -> str:
        return f"{self.year} {self.number}"
