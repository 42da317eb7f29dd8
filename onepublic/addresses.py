"""Where a person reads a survey: the page depends on whether they answer it or follow it."""

from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse

from accounts.models import User
from surveys.models import Assignment
from surveys.permissions import can_follow_surveys


def addresses_of_surveys(user: User, surveys: Iterable[int]) -> dict[int, str]:
    """The page by the survey's primary key, for surveys that the person may see; one query.

    The own organization's response where it was asked, else the counts for whoever follows
    surveys; nobody else has a page.
    """
    wanted = list(surveys)
    asked = Assignment.objects.for_organizations_of(user).filter(survey__in=wanted)
    # The last one counts: a merged town's own before the one that its successor has taken over.
    in_order = asked.order_by(F("succeeded_by").desc(nulls_last=True), "pk")
    own = {
        survey: reverse("surveys:assignment", args=[assignment])
        for survey, assignment in in_order.values_list("survey", "pk")
    }
    if not can_follow_surveys(user):
        return own
    return {survey: reverse("surveys:survey", args=[survey]) for survey in wanted} | own
