"""People and their memberships: people come and go, the position stays with the organization."""

from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils import timezone

from accounts.models.organizations import Division, Organization
from accounts.querysets import MembershipQuerySet, UserManager
from accounts.states import Level, Role
from onepublic.core.joining import Joined


class User(PermissionsMixin, AbstractBaseUser):
    """A person who signs in by e-mail address. Rights come from memberships only."""

    email = models.EmailField("メールアドレス", unique=True)
    name = models.CharField("氏名", max_length=60)
    is_demo = models.BooleanField("デモ用", default=False)
    is_active = models.BooleanField("有効", default=True)
    created_at = models.DateTimeField("登録日時", db_default=Now(), editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "利用者"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            models.CheckConstraint(
                condition=Q(is_superuser=False), name="user_rights_come_from_memberships"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def active_memberships(self) -> list["Membership"]:
        """Today's memberships with division and organization; one query per request."""
        return memberships_on(timezone.localdate(), self)

    @property
    def organization(self) -> Organization | None:
        """The organization of the first membership: whose pages open when nothing else is said."""
        return next((m.division.organization for m in self.active_memberships), None)

    def organization_ids(self, *levels: Level) -> set[int]:
        """The person's organizations, of the given levels or of all."""
        return {
            m.division.organization_id
            for m in self.active_memberships
            if not levels or m.division.organization.level in levels
        }

    def division_ids(self, *roles: Role) -> set[int]:
        """The divisions in which the person has one of the roles, or any role."""
        return {
            m.division_id for m in self.active_memberships if not roles or set(roles) & set(m.roles)
        }

    def sees_organizations(self, path: str) -> Q:
        """The person's own organizations and those in their area (the municipalities of a
        prefecture, all of a regional bureau), through the relation named ``path``.
        """
        own = self.organization_ids()
        return (
            Q(**{f"{path}__in": own})
            | Q(**{f"{path}__prefecture__in": own})
            | Q(**{f"{path}__regional_bureau__in": own})
        )

    def is_at(self, level: Level) -> bool:
        """Whether the person belongs to an organization of the level."""
        return bool(self.organization_ids(level))

    def has_role(self, *roles: Role, organization_id: int | None = None) -> bool:
        """Whether the person has one of the roles, anywhere or in one organization."""
        return any(
            set(roles) & set(m.roles)
            for m in self.active_memberships
            if organization_id in (None, m.division.organization_id)
        )


class Membership(models.Model):
    """A person's place in a division, with roles and a period."""

    user = models.ForeignKey(
        User, verbose_name="利用者", on_delete=models.PROTECT, related_name="memberships"
    )
    division = models.ForeignKey(
        Division, verbose_name="課室", on_delete=models.PROTECT, related_name="memberships"
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name="役割")
    valid_from = models.DateField("開始日", default=timezone.localdate)
    valid_to = models.DateField("終了日", null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "所属"
        constraints = [
            models.CheckConstraint(
                condition=Q(roles__len__gte=1) & Q(roles__contained_by=list(Role.values)),
                name="membership_has_known_roles",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.division})"


_MEMBERSHIPS = Joined(
    tables=(
        ("m", Membership, ()),
        ("d", Division, ()),
        ("o", Organization, ()),
        ("p", Division, ()),
    ),
    rest="""
    FROM accounts_membership m
    JOIN accounts_division d ON d.id = m.division_id
    JOIN accounts_organization o ON o.id = d.organization_id
    LEFT JOIN accounts_division p ON p.id = d.parent_id
    WHERE m.user_id = %s AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to >= %s)
    ORDER BY m.id
    """,
)


def memberships_on(day: date, user: User) -> list[Membership]:
    """The person's memberships whose period holds ``day``, as ``MembershipQuerySet.active`` has
    them, with division, its parent and organization; every page of every request asks for them.
    """
    found = []
    for (membership, division, organization, parent), _ in _MEMBERSHIPS.rows([user.pk, day, day]):
        division.organization, division.parent = organization, parent
        membership.user, membership.division = user, division
        found.append(membership)
    return found
