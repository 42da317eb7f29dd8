"""To whom a notice goes: the audience builder of a draft."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.views.audience import Addressed, audience_page
from notices.actions.drafting import AUDIENCE_FROZEN, set_audience
from notices.routing import people_to_tell
from notices.views.loading import drafters_notice, shown_revision, version_in_hand
from onepublic.core.errors import Refused
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: Request, pk: int) -> HttpResponse:
    """Choose the addressees; the audience of a correction is frozen."""
    notice = drafters_notice(request, pk)
    version = version_in_hand(notice)
    if version.is_correction:
        raise Refused(AUDIENCE_FROZEN)
    topics = notice.topics.all()
    addressed = Addressed(
        division=notice.division,
        rule=notice.audience,
        revision=notice.revision,
        people=lambda organizations: people_to_tell(organizations, topics=topics),
        save=lambda rule: set_audience(
            notice, by=request.user, rule=rule, revision=shown_revision(request)
        ),
        template="notices/audience.html",
        back=reverse("notices:detail", args=[notice.pk]),
        context={"notice": notice, "version": version},
    )
    return audience_page(request, addressed)
