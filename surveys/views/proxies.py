"""Writing for a municipality: the page on which its consent is recorded, and the end of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request
from surveys.actions.proxies import begin_proxy, end_proxy
from surveys.forms.proxies import ProxyForm
from surveys.models import Assignment
from surveys.prefecture_rights import may_begin_proxy, may_end_proxy
from surveys.views.loading import visible_assignment
from surveys.views.municipalities import area_page_of, followed_municipalities


@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: Request, survey_id: int, assignment_id: int) -> HttpResponse:
    """Record the consent, and go on to the questions."""
    followed = followed_municipalities(request, survey_id)
    rows = followed.asked.select_related("organization", "survey")
    assignment = get_object_or_404(rows, pk=assignment_id)
    demand(may_begin_proxy(request.user, assignment))
    form = ProxyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            begin_proxy(assignment, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "代理入力を始めました。市区町村にメールで知らせます。")
            return redirect("surveys:assignment", assignment.pk)
    context = {"survey": followed.survey, "assignment": assignment, "form": form}
    context["area_url"] = area_page_of(request.user, assignment)
    status = 422 if form.errors else 200
    return render(request, "surveys/prefectures/proxy.html", context, status=status)


@require_POST
def proxy_end(request: Request, assignment_id: int) -> HttpResponse:
    """End it; whoever wrote for the municipality goes back to the list."""
    assignment = visible_assignment(request.user, assignment_id)
    demand(may_end_proxy(request.user, assignment))
    try:
        end_proxy(assignment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "代理入力を終えました。")
    if Assignment.objects.visible_to(request.user).filter(pk=assignment_id).exists():
        return redirect("surveys:assignment", assignment_id)
    return redirect(area_page_of(request.user, assignment))
