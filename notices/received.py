"""What an organization has received: unread, to acknowledge, to act on, and whose it is inside.

The lists, their counts, the cards of the first page and the calendar all come from here.
"""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import Division, User
from notices.states import NoticeState

if TYPE_CHECKING:
    from notices.models.deliveries import Delivery  # noqa: F401 - named in a string


class ReceivedQuerySet(models.QuerySet["Delivery"]):
    """Filters from the side of those who receive."""

    def for_organizations_of(self, user: User) -> Self:
        """What was delivered to the person's own organizations."""
        return self.filter(organization__in=user.organization_ids())

    def standing(self) -> Self:
        """Without those whose notice was withdrawn; nobody owes anything for them."""
        notices = apps.get_model("notices", "Notice").objects
        return self.exclude(notice__in=notices.filter(state=NoticeState.WITHDRAWN).values("pk"))

    def unread_by(self, user: User) -> Self:
        """Those whose present version the person has not opened.

        As a list of keys rather than a row by row question: PostgreSQL then walks the inbox in
        its order, looks into the hashed list, and stops when the page is full.
        """
        read = user.readings.filter(outdated=False)
        return self.standing().exclude(notice__in=read.values("notice"))

    def with_reading_of(self, user: User) -> Self:
        """Each with ``is_read``: whether the person has opened the present version."""
        read = user.readings.filter(notice=OuterRef("notice"), outdated=False)
        return self.annotate(is_read=Exists(read))

    def unopened(self) -> Self:
        """Those that nobody of the organization has opened."""
        return self.standing().filter(opened_at__isnull=True)

    def unacknowledged(self) -> Self:
        """Those of which the organization still has to confirm receipt (受領の確認)."""
        waiting = self.filter(acknowledged_at__isnull=True, declined_at__isnull=True)
        return waiting.standing()

    def to_act_on(self) -> Self:
        """Those that ask for something by a day, and neither done nor declined."""
        waiting = self.filter(due_on__isnull=False, done_at__isnull=True, declined_at__isnull=True)
        return waiting.standing()

    def declined(self) -> Self:
        """Those that the organization declined (所管外)."""
        return self.filter(declined_at__isnull=False)

    def dealt_with_by_divisions_of(self, user: User) -> Self:
        """Of those delivered to the person's own organizations, what the own divisions deal
        with; at the window that is all that no other division in force has.
        """
        mine = {m.division_id for m in user.active_memberships}
        windows = {
            m.division.organization_id for m in user.active_memberships if m.division.is_window
        }
        if not windows:
            return self.filter(division__in=mine)
        others = Division.objects.in_force().filter(organization__in=windows).exclude(pk__in=mine)
        left = ~Q(division__in=others.values("pk"))
        if windows == user.organization_ids():
            return self.filter(left)
        return self.filter(Q(division__in=mine) | (left & Q(organization__in=windows)))

    def in_order_of_urgency(self) -> Self:
        """By the day that the notice prints; those without one last, the oldest first."""
        return self.order_by(F("notice__current_version__due_on").asc(nulls_last=True), "pk")

    def in_inbox_order(self) -> Self:
        """With all that a row of the list shows; newest first where the paging says nothing."""
        shown = self.select_related("division", "notice__current_version", "notice__division")
        return shown.defer("notice__current_version__body").order_by("-delivered_at", "-pk")
