"""How an organization approves its answers, as its administrator sets it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.actions.approval import set_answers_approval
from accounts.forms.approval import NEEDED, NOT_NEEDED, AnswersApprovalForm
from accounts.permissions import administered_organization
from onepublic.core.errors import Refused
from onepublic.core.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def answers_approval(request: Request) -> HttpResponse:
    """Say how it is, and switch it on or off."""
    organization = administered_organization(request.user)
    if organization is None:
        raise Http404
    held = NEEDED if organization.answers_need_approval else NOT_NEEDED
    form = AnswersApprovalForm(request.POST or None, initial={"approval": held})
    if form.is_valid():
        needed = form.cleaned_data["approval"] == NEEDED
        try:
            set_answers_approval(organization, needed=needed, by=request.user)
        except Refused as refusal:
            form.add_error("approval", str(refusal))
        else:
            messages.success(request, "回答の決裁の設定を保存しました。")
            return redirect("answers_approval")
    request.section = reverse("divisions")
    return render(request, "answers_approval.html", {"form": form})
