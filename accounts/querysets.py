"""Organizations, divisions, memberships and people, in sentences."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Concat
from django.utils import timezone

from accounts.audience import HEALTH_CENTER_CITY, AudienceRule
from accounts.states import Level
from onepublic.core.text import words_of

if TYPE_CHECKING:
    from accounts.models.disasters import Disaster  # noqa: F401 - named in a string
    from accounts.models.organizations import Division, Organization  # noqa: F401 - named in a string
    from accounts.models.people import Membership, User  # noqa: F401 - named in a string

OUTSIDE_PREFECTURES = "bureaus"
"""Stands for the regional bureaus where a list is narrowed to one prefecture."""
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def valid_on(day: date, path: str = "") -> Q:
    """Rows whose period (valid_from to valid_to, both included, None is open) holds ``day``;
    with a ``path`` such as ``division__`` the period of what stands there.
    """
    begun = Q(**{f"{path}valid_from__isnull": True}) | Q(**{f"{path}valid_from__lte": day})
    lasts = Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": day})
    return begun & lasts


def in_prefecture(code: str, path: str) -> Q:
    """Rows whose organization, at ``path``, lies in the prefecture with these two digits; those
    of regional bureaus for OUTSIDE_PREFECTURES, all for a blank code.
    """
    if not code:
        return Q()
    return Q(**{f"{path}__prefecture_code": "" if code == OUTSIDE_PREFECTURES else code})


class DisasterQuerySet(models.QuerySet["Disaster"]):
    def in_force(self, day: date | None = None) -> "DisasterQuerySet":
        """Those that last on ``day`` (today)."""
        on = day or timezone.localdate()
        lasts = Q(until__isnull=True) | Q(until__gte=on)
        return self.filter(lasts, since__lte=on)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def in_force(self, day: date | None = None) -> "OrganizationQuerySet":
        """Those that exist on ``day`` (today)."""
        return self.filter(valid_on(day or timezone.localdate()))

    def local_governments(self) -> "OrganizationQuerySet":
        """The 47 prefectures and 1,741 municipalities."""
        return self.filter(level__in=[Level.PREFECTURE, Level.MUNICIPALITY])

    def matching(self, rule: AudienceRule) -> "OrganizationQuerySet":
        """Those that the rule selects, among the ones in force today; never the ministry."""
        kinds = Q(kind__in=rule.kinds)
        if HEALTH_CENTER_CITY in rule.kinds:
            kinds |= Q(level=Level.MUNICIPALITY, has_health_center=True)
        if rule.health_center_only:
            kinds &= Q(has_health_center=True)
        chosen = (kinds & _inside(rule)) | Q(code__in=rule.codes)
        return (
            self.in_force()
            .exclude(level=Level.MINISTRY)
            .filter(chosen)
            .exclude(code__in=rule.excluded_codes)
        )

    def named_like(self, text: str) -> "OrganizationQuerySet":
        """Those whose name, reading or code fits ``text``; none for a blank text.

        A name may be met anywhere, with its prefecture in front or without; a reading (katakana
        too) and a code from their beginning.
        """
        words = words_of(text).split()
        found = self.annotate(whole=Concat("prefecture_name", "name")) if words else self.none()
        for word in words:
            found = found.filter(
                Q(whole__icontains=word)
                | Q(kana__startswith=word.translate(_HIRAGANA))
                | Q(code__istartswith=word)
            )
        return found

    def below(self, organizations: "models.QuerySet[Organization]") -> "OrganizationQuerySet":
        """The area of prefectures (their municipalities) and of regional bureaus."""
        return self.filter(Q(prefecture__in=organizations) | Q(regional_bureau__in=organizations))


def _inside(rule: AudienceRule) -> Q:
    area = Q()
    if rule.prefectures:
        area |= Q(prefecture_code__in=rule.prefectures)
    if rule.bureaus:
        area |= Q(regional_bureau__code__in=rule.bureaus) | Q(
            level=Level.REGIONAL_BUREAU, code__in=rule.bureaus
        )
    return area


class DivisionQuerySet(models.QuerySet["Division"]):
    def in_force(self, day: date | None = None) -> "DivisionQuerySet":
        """Those that exist on ``day`` (today)."""
        return self.filter(valid_on(day or timezone.localdate()))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, day: date | None = None) -> "MembershipQuerySet":
        """Those whose period holds ``day`` (today)."""
        return self.filter(valid_on(day or timezone.localdate()))

    def at_places_in_force(self, day: date | None = None) -> "MembershipQuerySet":
        """Those in an organization that exists on ``day`` (today): of one that was merged into
        another nobody is told anything any more.
        """
        return self.filter(valid_on(day or timezone.localdate(), "division__organization__"))

    def at_window_of(self, organizations: "models.QuerySet[Organization]") -> "MembershipQuerySet":
        """Those in the window division of one of the organizations."""
        return self.filter(division__is_window=True, division__organization__in=organizations)


class UserQuerySet(models.QuerySet["User"]):
    def among(self, memberships: MembershipQuerySet) -> "UserQuerySet":
        """People who can sign in and hold at least one of the memberships in an organization that
        exists today, each once: whom mail is written to.
        """
        places = memberships.at_places_in_force()
        return self.filter(is_active=True, pk__in=places.values("user"))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Creates people; the e-mail address is the name under which they sign in."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A person with a hashed password, or one that can't sign in yet without."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user
