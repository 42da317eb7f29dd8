"""What stands out among the answers, the largest first, for the division that checks them."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onepublic.core.requests import Request
from surveys.insight.outliers import MOST_SHOWN, Standout, changed, far_out, merged_since
from surveys.models import Assignment, Survey
from surveys.questionnaire import Field, Questionnaire
from surveys.questionnaire.kinds import ValueKind
from surveys.responses import questionnaire_of
from surveys.views.checking import checked_survey
from surveys.views.survey_tabs import OUTLIERS, survey_tabs

_AMOUNTS = {ValueKind.NUMBER}


@require_safe
def outliers(request: Request, survey_id: int) -> HttpResponse:
    """Values far from those of others, and changes since the last round; of one question or all."""
    survey = checked_survey(request, survey_id)
    asked = _questionnaire(survey)
    chosen = request.GET.get("question", "")
    fields = {f.key: f for f in asked.fields if f.kind in _AMOUNTS}
    keys = [key for key, f in fields.items() if chosen in ("", f.question.id)]
    context = {
        "survey": survey,
        "tabs": survey_tabs(request.user, survey, OUTLIERS),
        "questions": {f.question.id: f.question.label for f in fields.values()},
        "chosen": chosen,
        "far_out": _lines(far_out(survey, keys), fields),
        "changed": _lines(changed(survey, keys), fields),
        "merged": merged_since(survey),
        "most": MOST_SHOWN,
    }
    return render(request, "surveys/outliers.html", context)


def _questionnaire(survey: Survey) -> Questionnaire:
    published = survey.revisions.filter(published_at__isnull=False)
    return questionnaire_of(published.order_by("-number")[0])


def _lines(found: Collection[Standout], fields: dict[str, Field]) -> list[dict[str, Any]]:
    """Each with its organization and in words: one query for all organizations."""
    keys = {each.assignment_id for each in found}
    asked = Assignment.objects.select_related("organization").in_bulk(keys)
    return [
        {
            "assignment": asked[each.assignment_id],
            "label": fields[each.field].label,
            "value": _in_words(fields[each.field], each.value),
            "beside": _in_words(fields[each.field], each.beside),
            "times": f"{each.size:,.1f}",
            "percent": f"{100 * (each.value - each.beside) / each.beside:+,.0f}"
            if each.beside
            else "",
        }
        for each in found
    ]


def _in_words(field: Field, value: Decimal) -> str:
    """With its unit; a median may lie between two whole numbers."""
    whole = value == value.to_integral_value()
    return f"{value:,.0f}{field.unit}" if whole else f"{value.normalize():,f}{field.unit}"
