"""The audience builder: choose, see whom it hits, save."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audience import AudienceRule
from accounts.models import Organization
from accounts.states import Level
from notices.actions.drafting import set_audience
from notices.forms import AudienceForm
from notices.forms.audience import is_code
from notices.models import Notice, Topic
from notices.routing import people_to_tell
from notices.views.loading import drafters_notice, shown_revision
from onepublic.core.errors import Stale
from onepublic.core.requests import Request

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class SingleOrganization:
    """An organization that the page offers to add or to leave out."""

    code: str
    name: str
    is_added: bool
    is_left_out: bool


@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: Request, pk: int) -> HttpResponse:
    """Every press but 「保存する」 only shows whom the choice hits, with and without script."""
    notice = drafters_notice(request, pk)
    if request.method != "POST":
        return _page(request, notice, AudienceForm(initial=_initial(notice)), notice.audience)
    form = AudienceForm(request.POST)
    if not form.is_valid():
        return _page(request, notice, form, AudienceRule())
    if "save" not in request.POST:
        return _page(request, notice, form, form.rule())
    try:
        set_audience(notice, by=request.user, rule=form.rule(), revision=shown_revision(request))
    except Stale as refusal:
        form.add_error(None, str(refusal))
        return _page(request, notice, form, form.rule())
    messages.success(request, "宛先を保存しました。")
    return redirect("notices:detail", notice.pk)


def _initial(notice: Notice) -> dict[str, Any]:
    return notice.audience.to_json() | {"revision": notice.revision}


def _page(request: Request, notice: Notice, form: AudienceForm, rule: AudienceRule) -> HttpResponse:
    context = {
        "form": form,
        "notice": notice,
        "hits": hits_of(rule, notice.topics.all()),
        "singles": _singles(form),
        "most_found": MOST_FOUND,
    }
    part = "#hits" if request.htmx and "find" not in request.POST else ""
    return render(request, f"notices/audience.html{part}", context)


def hits_of(rule: AudienceRule, topics: Iterable[Topic]) -> dict[str, Any]:
    """Whom a rule selects now: ``total``, ``people`` who would get mail, ``levels`` (label and
    count), ``organizations`` in order of their codes within prefectures.
    """
    selected = Organization.objects.matching(rule)
    organizations = list(
        selected.order_by("prefecture_code", "code").values("level", "name", "prefecture_name")
    )
    counts = Counter(organization["level"] for organization in organizations)
    return {
        "total": len(organizations),
        "people": people_to_tell(selected, topics=topics).count(),
        "levels": [(level.label, counts[level]) for level in Level if counts[level]],
        "organizations": organizations,
    }


def _singles(form: AudienceForm) -> list[SingleOrganization]:
    """Those chosen one by one, and behind them what the search by name has found."""
    added, left_out = (_codes(form, name) for name in ("codes", "excluded_codes"))
    in_force = Organization.objects.in_force()
    chosen = in_force.filter(code__in=added | left_out).order_by("code")
    named = in_force.exclude(level=Level.MINISTRY).named_like(str(form["query"].value() or ""))
    found = named.order_by("code")[:MOST_FOUND]
    organizations = {o.code: o for o in [*chosen, *found]}
    return [
        SingleOrganization(code, organization.full_name, code in added, code in left_out)
        for code, organization in organizations.items()
    ]


def _codes(form: AudienceForm, name: str) -> set[str]:
    """What was chosen, also of a form that is refused; the database is asked for codes only."""
    return {code for code in form[name].value() or () if is_code(code)}
