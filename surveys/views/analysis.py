"""One question of a survey by groups: as a table and a chart, and the table as a file."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from onepublic.files.names import clean_name
from onepublic.workbook import write_csv, write_workbook
from surveys.analysis.counting import analysed
from surveys.analysis.drawing import chart_choices, drawing_of
from surveys.analysis.offered import offered
from surveys.analysis.sheets import counted_in_words, overview_of, sheet_of
from surveys.analysis.tables import Figure, Head, Table, table_of
from surveys.forms.analysis import AnalysisForm, ChartForm
from surveys.models import Survey
from surveys.questionnaire import ValueKind
from surveys.views.checking import checked_survey
from surveys.views.downloads import ENDINGS
from surveys.views.survey_tabs import ANALYSIS, survey_tabs


@require_safe
def analysis(request: Request, survey_id: int) -> HttpResponse:
    """Choose a question and what to split it by; the address holds the whole choice."""
    survey = checked_survey(request, survey_id)
    form = AnalysisForm(request.GET, offered(survey))
    context = {
        "survey": survey,
        "tabs": survey_tabs(request.user, survey, ANALYSIS),
        "form": form,
        **(_result(request, survey, form) if form.is_valid() else {}),
    }
    return render(request, "surveys/analysis.html", context, status=422 if form.errors else 200)


def _result(request: Request, survey: Survey, form: AnalysisForm) -> dict[str, Any]:
    asked = form.asked()
    found = analysed(survey, form.offered, asked)
    choices = chart_choices(found)
    chart_form = ChartForm(request.GET, choices)
    table = table_of(found)
    return {
        "found": found,
        "counted": counted_in_words(asked),
        "at": timezone.now(),
        "drawing": drawing_of(found, chart_form.chosen) if found.whole.answered else None,
        "chart_form": chart_form if choices else None,
        "table": table,
        "heads": [head.label for head in table.heads if not head.is_joined],
        "lines": _written(table, is_total=False),
        "totals": _written(table, is_total=True),
        "is_text": found.column.field.kind is ValueKind.TEXT,
        "query": urlencode(form.cleaned_data),
    }


def _written(table: Table, *, is_total: bool) -> list[tuple[str, list[str]]]:
    """The names of the lines with their cells as the page has them."""
    return [
        (line.name, _cells(table.heads, line.figures))
        for line in table.lines
        if line.is_total == is_total
    ]


def _cells(heads: Sequence[Head], figures: Sequence[Figure]) -> list[str]:
    """A share stands behind its count."""
    cells: list[str] = []
    for head, figure in zip(heads, figures, strict=True):
        text = head.written(figure)
        if head.is_joined:
            cells[-1] += f"（{text}）"
        else:
            cells.append(text)
    return cells


@require_safe
def analysis_table(request: Request, survey_id: int, ending: str) -> HttpResponseBase:
    """The table that the page of the same choice shows; what can't be read is said there."""
    survey = checked_survey(request, survey_id)
    if ending not in ENDINGS:
        raise Http404
    form = AnalysisForm(request.GET, offered(survey))
    if not form.is_valid():
        address = reverse("surveys:analysis", args=[survey.pk])
        return redirect(f"{address}?{request.GET.urlencode()}")
    asked = form.asked()
    found = analysed(survey, form.offered, asked)
    sheet = sheet_of(table_of(found))
    target = TemporaryFile()  # noqa: SIM115 - closed with the response
    if ending == "csv":
        write_csv(target, sheet)
    else:
        write_workbook(target, [sheet, overview_of(survey, asked, found, timezone.now())])
    target.seek(0)
    name = clean_name(f"{survey.title}_{found.column.label}.{ending}".replace("/", "／"))
    media_type = ENDINGS[ending][1]
    return FileResponse(target, as_attachment=True, filename=name, content_type=media_type)
