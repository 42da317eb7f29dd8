"""More time: the page on which an organization asks for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.actions import ask_extension, withdraw_extension
from surveys.forms.handing_in import ExtensionForm
from surveys.permissions import may_ask
from surveys.querysets import DAYS_TO_DECIDE
from surveys.states import ExtensionState
from surveys.views.loading import own_assignment

WAITING = "実施する課室の決定を待っています。決定するまでは、現在の期限のままです。"
LAPSING = (
    f"期限から{DAYS_TO_DECIDE}日以内に決定がないとき、又はその前に受付が終了したときは、"
    "不承認となり、メールでお知らせします。"
)


@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: Request, assignment_id: int) -> HttpResponse:
    """Ask, see what became of earlier requests, or withdraw the one that waits."""
    user = request.user
    assignment = own_assignment(user, assignment_id)
    demand(may_ask(user, assignment))
    sent = request.POST if request.method == "POST" else None
    form = ExtensionForm(sent)
    if form.is_valid():
        try:
            ask_extension(assignment, by=user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "期限の延長を申請しました。決定はメールでお知らせします。")
            return redirect("surveys:extension", assignment_id)
    requests = list(
        assignment.extension_requests.select_related("asked_by", "decided_by").order_by("-pk")
    )
    waiting = next((each for each in requests if each.state == ExtensionState.ASKED), None)
    is_open = assignment.is_awaited and not assignment.is_handed_in
    context = {
        "assignment": assignment,
        "survey": assignment.survey,
        "requests": requests,
        "waiting": waiting,
        "waiting_words": WAITING if assignment.takes_late else WAITING + LAPSING,
        "form": form if is_open and not waiting else None,
    }
    if context["form"] is None and sent is not None:
        messages.error(request, _first_error(form))
        return redirect("surveys:extension", assignment_id)
    return render(request, "surveys/extension.html", context, status=422 if sent else 200)


@require_POST
def extension_withdrawal(request: Request, assignment_id: int, request_id: int) -> HttpResponse:
    """Take the request back."""
    assignment = own_assignment(request.user, assignment_id)
    asked = get_object_or_404(assignment.extension_requests, pk=request_id)
    try:
        withdraw_extension(asked, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "申請を取り下げました。")
    return redirect("surveys:extension", assignment_id)


def _first_error(form: ExtensionForm) -> str:
    return str(next(error for errors in form.errors.values() for error in errors))
