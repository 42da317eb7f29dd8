"""The settings of the ministry's divisions for their notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from notices.actions.ruling import set_issuing_rule
from notices.forms import IssuingRuleForm
from notices.models import IssuingRule
from notices.permissions import can_require_agreement, can_rule, can_set_symbol, divisions_ruled_by
from onepublic.core.errors import demand
from onepublic.core.requests import Request


@require_safe
def issuing_rules(request: Request) -> HttpResponse:
    """The divisions for which the person may set something, and what is set."""
    demand(can_rule(request.user))
    divisions = divisions_ruled_by(request.user).select_related("parent", "issuing_rule")
    request.section = reverse("notices:drafts")
    return render(request, "notices/issuing_rules.html", {"divisions": divisions})


@require_http_methods(["GET", "HEAD", "POST"])
def issuing_rule(request: Request, pk: int) -> HttpResponse:
    """Change what one division has set."""
    demand(can_rule(request.user))
    ruled = divisions_ruled_by(request.user)
    division = get_object_or_404(ruled.select_related("organization", "parent"), pk=pk)
    request.section = reverse("notices:drafts")
    rights = {
        "symbol": can_set_symbol(request.user, division),
        "requires_agreement": can_require_agreement(request.user, division),
    }
    rule = IssuingRule.objects.filter(division=division).first() or IssuingRule(division=division)
    form = IssuingRuleForm(
        request.POST if request.method == "POST" else None,
        initial={"symbol": rule.symbol, "requires_agreement": rule.requires_agreement},
        fixed={name for name, allowed in rights.items() if not allowed},
    )
    if not form.is_valid():
        context = {"form": form, "division": division}
        return render(request, "notices/issuing_rule.html", context)
    set_issuing_rule(division, by=request.user, **form.cleaned_data)
    messages.success(request, f"{division.full_name}の設定を保存しました。")
    return redirect("notices:issuing_rules")
