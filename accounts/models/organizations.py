"""Organizations and their divisions. Rows are never deleted: periods and successors tell."""

from django.db import models
from django.db.models import F, Q

from accounts.querysets import DivisionQuerySet, OrganizationQuerySet
from accounts.states import DivisionKind, Kind, Level


class Organization(models.Model):
    """The ministry, a regional bureau, a prefecture or a municipality."""

    code = models.CharField("機関コード", max_length=20, unique=True)
    name = models.CharField("名称", max_length=60)
    kana = models.CharField("よみ", max_length=80, blank=True)
    level = models.CharField("階層", max_length=20, choices=Level)
    kind = models.CharField("種別", max_length=20, choices=Kind)
    prefecture_code = models.CharField("都道府県コード", max_length=2, blank=True)
    prefecture_name = models.CharField("都道府県名", max_length=4, blank=True)
    prefecture = models.ForeignKey(
        "self",
        verbose_name="都道府県",
        null=True,
        on_delete=models.PROTECT,
        related_name="municipalities",
    )
    regional_bureau = models.ForeignKey(
        "self",
        verbose_name="所管の地方厚生局",
        null=True,
        on_delete=models.PROTECT,
        related_name="area",
    )
    has_health_center = models.BooleanField("保健所を設置", default=False)
    answers_need_approval = models.BooleanField(
        "調査の回答に決裁を要する", default=True, db_default=True
    )
    valid_from = models.DateField("設置日", null=True)
    valid_to = models.DateField("廃止日", null=True)
    successor = models.ForeignKey(
        "self",
        verbose_name="承継先",
        null=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = "機関"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="organization_period_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(level=Level.MUNICIPALITY) | Q(prefecture__isnull=False),
                name="organization_municipality_has_prefecture",
            ),
        ]
        indexes = [models.Index(fields=["kind", "prefecture_code"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """``北海道札幌市``: names of municipalities are not unique across the country."""
        outside = self.level == Level.MUNICIPALITY
        return f"{self.prefecture_name}{self.name}" if outside else self.name


class Division(models.Model):
    """A 課室 of an organization; the window division gets what nobody else is named for."""

    organization = models.ForeignKey(
        Organization, verbose_name="機関", on_delete=models.PROTECT, related_name="divisions"
    )
    code = models.CharField("課室コード", max_length=60)
    name = models.CharField("名称", max_length=60)
    bureau_name = models.CharField("局", max_length=40, blank=True)
    department_name = models.CharField("部", max_length=40, blank=True)
    kind = models.CharField("種別", max_length=20, choices=DivisionKind)
    parent = models.ForeignKey(
        "self", verbose_name="上位の課", null=True, on_delete=models.PROTECT, related_name="offices"
    )
    is_window = models.BooleanField("窓口", default=False)
    valid_from = models.DateField("設置日", null=True)
    valid_to = models.DateField("廃止日", null=True)
    successors = models.ManyToManyField(
        "self", verbose_name="承継先", symmetrical=False, related_name="predecessors"
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = "課室"
        ordering = ["organization", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "code"], name="division_code_once"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(is_window=True),
                name="division_one_window_per_organization",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """``健康・生活衛生局 感染症対策部 予防接種課``."""
        parent = self.parent.name if self.parent_id and self.parent else ""
        parts = (self.bureau_name, self.department_name, parent, self.name)
        return " ".join(part for part in parts if part)
