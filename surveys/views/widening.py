"""More organizations for an open survey, chosen with the common builder."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.audience import AudienceRule
from accounts.views.audience import Addressed, audience_page
from onepublic.core.errors import demand
from onepublic.core.requests import Request
from surveys.actions import widen_audience
from surveys.fingerprint import frame_mark
from surveys.people import not_asked, windows_of
from surveys.permissions import can_widen, is_approver
from surveys.views.running import followed_survey

LABEL = "この団体に回答を依頼する"
DONE = "追加した機関に回答を依頼しました。"


@require_http_methods(["GET", "HEAD", "POST"])
def survey_widening(request: Request, survey_id: int) -> HttpResponse:
    """Choose from nothing; whoever was asked before is neither counted nor asked again."""
    survey = followed_survey(request, survey_id)
    demand(is_approver(request.user, survey))
    back = reverse("surveys:survey", args=[survey.pk])
    if request.method != "POST" and not can_widen(request.user, survey):
        return redirect(back)
    addressed = Addressed(
        division=survey.division,
        rule=AudienceRule(),
        revision=frame_mark(survey),
        people=windows_of,
        save=lambda rule: widen_audience(
            survey, by=request.user, rule=rule, mark=request.POST.get("revision", "")
        ),
        template="surveys/widening.html",
        back=back,
        context={"survey": survey},
        among=partial(not_asked, survey),
        save_label=LABEL,
        done=DONE,
    )
    return audience_page(request, addressed)
