"""Who may see what is said around a notice: cover notes of prefectures, questions and answers.

All of it hides with the notice: where that was withdrawn, nothing is found here.
"""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from accounts.models import Organization, User
from accounts.states import Level, Role
from notices.states import NoticeState
from onepublic.core.searching import holding
from onepublic.core.text import words_of

if TYPE_CHECKING:
    from notices.models.cover_notes import CoverNote  # noqa: F401 - named in a string
    from notices.models.questions import Question  # noqa: F401 - named in a string


def _standing(user: User) -> "models.QuerySet[Any]":
    """The notices that the person sees and that were not taken back."""
    notices: models.QuerySet[Any] = apps.get_model("notices", "Notice").objects
    return notices.visible_to(user).filter(state=NoticeState.PUBLISHED)  # type: ignore[attr-defined, no-any-return]


class CoverNoteQuerySet(models.QuerySet["CoverNote"]):
    def published(self) -> Self:
        """Those that the municipalities have got, the earlier wordings among them."""
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        """Those that a prefecture is writing."""
        return self.filter(published_at__isnull=True)

    def visible_to(self, user: User) -> Self:
        """A prefecture's own, drafts too. Published ones: its municipalities, its regional
        bureau, the ministry and auditors. Nobody of another prefecture.
        """
        own = user.organization_ids()
        standing = self.filter(notice__in=_standing(user).values("pk"))
        if user.is_at(Level.MINISTRY) or user.has_role(Role.AUDITOR):
            return standing.filter(Q(prefecture__in=own) | Q(published_at__isnull=False))
        above = Organization.objects.filter(pk__in=own).values("prefecture")
        reached = Q(prefecture__in=above) | Q(prefecture__regional_bureau__in=own)
        return standing.filter(Q(prefecture__in=own) | (reached & Q(published_at__isnull=False)))

    def newest_of_each(self) -> Self:
        """Of each prefecture and notice the wording that counts now."""
        return self.order_by("prefecture__code", "notice", "-sequence").distinct(
            "prefecture__code", "notice"
        )


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User) -> Self:
        """The whole thread: who belongs to the organization that asked or to the division that
        issued the notice, and auditors. What is published for all is another thing, see
        :meth:`published_to`.
        """
        standing = self.filter(notice__state=NoticeState.PUBLISHED)
        if user.has_role(Role.AUDITOR):
            return standing
        asked, issued = user.organization_ids(), user.division_ids()
        return standing.filter(Q(organization__in=asked) | Q(notice__division__in=issued))

    def asked_by_organizations_of(self, user: User) -> Self:
        """Those of the person's own organizations."""
        return self.filter(
            organization__in=user.organization_ids(), notice__state=NoticeState.PUBLISHED
        )

    def to_divisions_of(self, user: User) -> Self:
        """Those about notices of the person's own divisions."""
        return self.filter(
            notice__division__in=user.division_ids(), notice__state=NoticeState.PUBLISHED
        )

    def to_be_answered_by(self, user: User) -> Self:
        """Those that wait for the drafters of a division, of whom the person is one."""
        drafting = user.division_ids(Role.DRAFTER)
        return self.to_divisions_of(user).waiting().filter(notice__division__in=drafting)

    def waiting(self) -> Self:
        """Those to which the issuer owes an answer."""
        return self.filter(is_waiting=True)

    def with_news(self) -> Self:
        """Those with an answer that nobody who asked has read."""
        return self.filter(has_news=True)

    def published_to(self, user: User) -> Self:
        """Those that all who may see the notice read, without a word on who asked."""
        return self.filter(published_at__isnull=False, notice__in=_standing(user).values("pk"))

    def with_opening(self) -> Self:
        """Each with ``opening``, what was asked first, and ``moved_at``, when it last went on."""
        said = apps.get_model("notices", "Message").objects.filter(question=OuterRef("pk"))
        return self.annotate(
            opening=Subquery(said.order_by("pk").values("text")[:1]),
            moved_at=Subquery(said.order_by("-pk").values("said_at")[:1]),
        )

    def mentioning(self, text: str) -> Self:
        """Of the published ones, those that hold each word, in question, answer or the notice's
        title; all for a blank.
        """
        columns = ("public_question", "public_answer", "notice__current_version__title")
        return holding(self, words_of(text), *columns)
