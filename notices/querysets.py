"""Who may see which notice, and what an organization still owes."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Division, Membership, Organization, User
from accounts.querysets import in_prefecture, valid_on
from accounts.states import Level, Role
from notices.received import ReceivedQuerySet
from notices.relations import begun
from notices.states import NoticeState, VersionState
from onepublic.core.searching import holding
from onepublic.core.text import words_of

if TYPE_CHECKING:
    from notices.models.deliveries import Delivery
    from notices.models.notices import Notice
    from notices.models.routes import TopicRoute  # noqa: F401 - named in a string
    from notices.models.versions import NoticeVersion  # noqa: F401 - named in a string

PROGRESS = {
    "delivered": Count("pk"),
    "opened": Count("opened_at"),
    "acknowledged": Count("acknowledged_at"),
}
OWING = Count("pk", filter=Q(acknowledged_at__isnull=True, declined_at__isnull=True))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def published(self) -> "NoticeQuerySet":
        return self.filter(state=NoticeState.PUBLISHED)

    def in_force(self, on: date | None = None) -> "NoticeQuerySet":
        """現行: those that applied at the end of the day (today), by what is known now.

        Published and begun by then (:func:`notices.relations.begun`), never withdrawn (取下げ
        means that it should not have been), and not repealed or replaced by a notice that had
        itself begun by then. A repeal stays a repeal when the repealing notice is repealed in
        turn, as with laws, but is void when that notice is withdrawn. Amending or correcting
        ends nothing. Derived at each call, stored nowhere.
        """
        day = on or timezone.localdate()
        relations = apps.get_model("notices", "NoticeRelation").objects
        ended = relations.ending(day).filter(target=OuterRef("pk"))
        return self.published().filter(begun("", day)).filter(~Exists(ended))

    def mentioning(self, text: str) -> "NoticeQuerySet":
        """Published ones of which each word stands in title or number; all for a blank."""
        columns = ("current_version__title", "current_version__number")
        return holding(self, words_of(text), *columns)

    def visible_to(self, user: User) -> "NoticeQuerySet":
        """Published: the whole ministry, addressees, and the prefecture and regional bureau of
        an addressee. Unpublished or withdrawn: the division that issues it, and as long as a
        text is being written its joint issuers. Auditors: all.
        """
        if user.has_role(Role.AUDITOR):
            return self
        drafting = Q(division__in=user.division_ids())
        if user.is_at(Level.MINISTRY):
            joining = Q(pk__in=self.model.objects.being_joined_by(user).values("pk"))
            return self.filter(drafting | joining | Q(state=NoticeState.PUBLISHED))
        return self.published()._delivered_to_area_of(user)

    def being_joined_by(self, user: User) -> "NoticeQuerySet":
        """Those of which a text is being written that the person's divisions are to issue too."""
        return self.filter(
            versions__published_at__isnull=True,
            versions__issuers__division__in=user.division_ids(),
        )

    def withdrawn_from(self, user: User) -> "NoticeQuerySet":
        """Those that were taken back and that the person could read while they were published."""
        withdrawn = self.filter(state=NoticeState.WITHDRAWN)
        if user.is_at(Level.MINISTRY) or user.has_role(Role.AUDITOR):
            return withdrawn
        return withdrawn._delivered_to_area_of(user)

    def _delivered_to_area_of(self, user: User) -> "NoticeQuerySet":
        delivered = self.model.objects.filter(user.sees_organizations("deliveries__organization"))
        return self.filter(pk__in=delivered.values("pk"))

    def owed_in(self, deliveries: "models.QuerySet[Delivery]") -> "NoticeQuerySet":
        """Those of which at least one of the deliveries is."""
        return self.filter(Exists(deliveries.filter(notice=OuterRef("pk"))))

    def written_by_divisions_of(self, user: User) -> "NoticeQuerySet":
        """Those that the person's own divisions write or have published."""
        return self.filter(division__in=user.division_ids())


class VersionQuerySet(models.QuerySet["NoticeVersion"]):
    def drafts(self) -> "VersionQuerySet":
        """Those not published yet: at most one per notice."""
        return self.filter(published_at__isnull=True)

    def due_for_publication(self) -> "VersionQuerySet":
        """Those whose scheduled time has come, by the database's clock."""
        return self.filter(state=VersionState.SCHEDULED, scheduled_for__lte=Now())

    def published_of(self, notice: "Notice") -> "VersionQuerySet":
        """Those of the notice that were published: the one in force and the earlier ones."""
        return self.filter(notice=notice, published_at__isnull=False)

    def in_review(self) -> "VersionQuerySet":
        """Those that wait for an approver."""
        return self.filter(state=VersionState.IN_REVIEW)

    def written_by_divisions_of(self, user: User) -> "VersionQuerySet":
        """Those of notices that the person's own divisions write."""
        return self.filter(notice__division__in=user.division_ids())

    def concerning_divisions_of(self, user: User) -> "VersionQuerySet":
        """Those that the person's divisions write, and those they are to issue jointly that wait
        for a decision.
        """
        own = user.division_ids()
        joining = self.model.objects.in_review().filter(issuers__division__in=own)
        return self.filter(Q(notice__division__in=own) | Q(pk__in=joining.values("pk")))

    def awaiting_agreement_of(self, user: User) -> "VersionQuerySet":
        """Those in review on which a joint division whose approver the person is must still say
        whether it agrees.
        """
        asked = apps.get_model("notices", "Issuer").objects.filter(
            version=OuterRef("pk"),
            division__in=user.division_ids(Role.APPROVER),
            division__issuing_rule__requires_agreement=True,
            agreed_at__isnull=True,
            declined_by__isnull=True,
        )
        return self.in_review().filter(Exists(asked.exclude(division=OuterRef("notice__division"))))

    def waiting_for(self, user: User) -> "VersionQuerySet":
        """Those that wait for a decision or an agreement of the person's divisions."""
        joining = self.model.objects.awaiting_agreement_of(user)
        own = Q(notice__division__in=user.division_ids())
        return self.in_review().filter(own | Q(pk__in=joining.values("pk")))

    def visible_to(self, user: User) -> "VersionQuerySet":
        """Of notices that the person may see: what was published, and the drafts that their own
        divisions issue, alone or jointly; auditors see all.
        """
        if user.has_role(Role.AUDITOR):
            return self
        own = user.division_ids()
        joining = self.model.objects.filter(issuers__division__in=own)
        return self.filter(
            Q(published_at__isnull=False)
            | Q(notice__division__in=own)
            | Q(pk__in=joining.values("pk"))
        )


class DeliveryQuerySet(ReceivedQuerySet):
    """Filters from the side of those who issue and watch; see also ReceivedQuerySet."""

    def visible_to(self, user: User) -> "DeliveryQuerySet":
        """The ministry and auditors: all; others: their own organizations and their area."""
        if user.is_at(Level.MINISTRY) or user.has_role(Role.AUDITOR):
            return self
        return self.filter(user.sees_organizations("organization"))

    def mentioning(self, text: str) -> "DeliveryQuerySet":
        """Those whose notice has each word in its title or number; all for a blank."""
        columns = ("notice__current_version__title", "notice__current_version__number")
        return holding(self, words_of(text), *columns)

    def in_prefecture(self, code: str) -> "DeliveryQuerySet":
        """Those to one prefecture, see :func:`accounts.querysets.in_prefecture`."""
        return self.filter(in_prefecture(code, "organization"))

    def totals(self) -> dict[str, int]:
        """How many were delivered, opened, acknowledged, declined, and how many still owe."""
        return self.aggregate(**PROGRESS, declined=Count("declined_at"), owing=OWING)

    def progress_of(self, notices: "Iterable[Notice]") -> dict[int, dict[str, int]]:
        """By notice, for a page of notices in one query: how far they have come, who owes."""
        chosen = self.filter(notice__in=list(notices)).order_by()
        counted = chosen.values("notice").annotate(**PROGRESS, owing=OWING)
        return {row["notice"]: row for row in counted}

    def by_prefecture(self) -> "models.QuerySet[Delivery, dict[str, object]]":
        """Per prefecture: code, name, delivered, opened, acknowledged; in code order."""
        return (
            self.values("organization__prefecture_code", "organization__prefecture_name")
            .annotate(**PROGRESS)
            .order_by("organization__prefecture_code")
        )


class TopicRouteQuerySet(models.QuerySet["TopicRoute"]):
    def in_force(self) -> "TopicRouteQuerySet":
        """Those whose division exists today; the others' topics go to the window."""
        return self.filter(valid_on(timezone.localdate(), "division__"))


def people_named(*keys: int | None) -> "models.QuerySet[User]":
    """The people with these primary keys who can sign in; None stands for nobody."""
    people: models.QuerySet[User] = User.objects.filter(
        is_active=True, pk__in=[key for key in keys if key is not None]
    )
    return people


def approvers_of(divisions: "models.QuerySet[Division]") -> "models.QuerySet[User]":
    """The people who decide for one of the divisions today and can sign in."""
    members = Membership.objects.active().filter(
        division__in=divisions, roles__contains=[Role.APPROVER]
    )
    people: models.QuerySet[User] = User.objects.among(members)
    return people


def readers_among_addressees(notice: "Notice") -> "models.QuerySet[User]":
    """People of the addressees who have read the notice in any version."""
    members = Membership.objects.active().filter(division__organization__in=addressees(notice))
    readers: models.QuerySet[User] = User.objects.among(members).filter(readings__notice=notice)
    return readers


def addressees(notice: "Notice") -> "models.QuerySet[Organization]":
    """The organizations to which the notice was delivered, frozen at publication."""
    return Organization.objects.filter(deliveries__notice=notice)


def people_who_see(notice: "Notice") -> "models.QuerySet[User]":
    """Everybody to whom :meth:`NoticeQuerySet.visible_to` shows the published notice."""
    received = Organization.objects.filter(deliveries__notice=notice)
    place = "division__organization"
    memberships = Membership.objects.active().filter(
        Q(**{f"{place}__level": Level.MINISTRY})
        | Q(roles__contains=[Role.AUDITOR])
        | Q(**{f"{place}__in": received})
        | Q(**{f"{place}__in": received.values("prefecture")})
        | Q(**{f"{place}__in": received.values("regional_bureau")})
    )
    people: models.QuerySet[User] = User.objects.among(memberships)
    return people
