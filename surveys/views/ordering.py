"""Asking for a compilation: its form, sheets, rows and columns, by hand or as saved before."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from onepublic.core.errors import demand
from onepublic.core.requests import Request
from onepublic.files.models import StoredFile
from onepublic.files.uploads import store
from surveys.actions.compilations import request_compilation
from surveys.actions.layouts import delete_layout, save_layout
from surveys.compilation.orders import Order
from surveys.forms.compilations import CompilationForm, layout_of
from surveys.models import CompilationLayout, Survey
from surveys.permissions import may_run
from surveys.responses import questionnaire_of
from surveys.views.running import followed_survey


@require_http_methods(["GET", "HEAD", "POST"])
def compilation_new(request: Request, survey_id: int) -> HttpResponse:
    """Choose what the compilation shall hold, keep the choice where a name is given, and ask."""
    user = request.user
    survey = followed_survey(request, survey_id)
    demand(may_run(user, survey))
    if survey.opened_at is None:
        return redirect("surveys:survey", survey.pk)
    layouts = CompilationLayout.objects.filter(division=survey.division_id).order_by("name")
    form = _form(request, survey)
    if not form.is_valid():
        context = {"survey": survey, "form": form, "layouts": layouts}
        status = 422 if form.is_bound else 200
        return render(request, "surveys/compilation_new.html", context, status=status)
    order, name = form.order(), form.cleaned_data["name"]
    template = _template(form, by=user)
    if name:
        save_layout(survey.division, by=user, name=name, order=order, template=template)
    compilation = request_compilation(survey, by=user, order=order, template=template)
    return redirect("surveys:compilation", compilation.pk)


def _template(form: CompilationForm, *, by: User) -> StoredFile | None:
    """The workbook that came with the form, or the one of the layout from which it began."""
    uploaded = form.cleaned_data["template"]
    if uploaded is not None:
        return store(uploaded, kind="xlsx", by=by)
    return form.kept_template


@require_POST
def layout_deletion(request: Request, survey_id: int, layout_id: int) -> HttpResponse:
    """Take a saved choice away."""
    survey = followed_survey(request, survey_id)
    demand(may_run(request.user, survey))
    layout = get_object_or_404(CompilationLayout, pk=layout_id, division=survey.division_id)
    delete_layout(layout, by=request.user)
    return redirect("surveys:compilation_new", survey.pk)


def _form(request: Request, survey: Survey) -> CompilationForm:
    sent = request.POST if request.method == "POST" else None
    published = survey.revisions.filter(published_at__isnull=False).order_by("number")
    revisions = [questionnaire_of(each) for each in published]
    layout = layout_of(survey, request.GET.get("layout", ""))
    order = Order.from_json(layout.stored_order if layout else {})
    initial = order.to_json() | {"layout": layout.pk if layout else ""}
    files = request.FILES if request.method == "POST" else None
    return CompilationForm(sent, files, survey=survey, revisions=revisions, initial=initial)
