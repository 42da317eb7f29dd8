"""Joint issuers agree, or say why not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from notices.actions.agreeing import NOT_ASKED, agree, decline_to_join
from notices.forms import AgreementForm
from notices.forms.agreement import AGREE
from notices.permissions import can_agree, is_approver_of_joint_issuer
from notices.views.loading import act, letter_of, shown_revision, version_in_hand, visible_notice
from onepublic.core.errors import Stale, demand
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: Request, pk: int) -> HttpResponse:
    """The letter once more, and the decision on it."""
    notice = visible_notice(request.user, pk)
    version = version_in_hand(notice)
    demand(is_approver_of_joint_issuer(request.user, version))
    if not can_agree(request.user, version):
        raise Stale(NOT_ASKED)
    request.section = reverse("notices:drafts")
    initial = {"revision": notice.revision}
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        context = {**letter_of(version, to=request.user), "notice": notice, "form": form}
        return render(request, "notices/agreement.html", context)
    by, revision, reason = request.user, shown_revision(request), form.cleaned_data["reason"]
    if form.cleaned_data["decision"] == AGREE:
        verb, done = (lambda: agree(notice, by=by, revision=revision)), "連名に同意しました。"
        return act(request, notice, verb, done=done)
    return act(
        request,
        notice,
        lambda: decline_to_join(notice, by=by, reason=reason, revision=revision),
        done="同意しないことを、起案した課室に伝えました。",
    )
