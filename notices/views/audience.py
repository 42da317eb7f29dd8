"""The audience builder: choose, see whom it hits, save."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions.groups import delete_group, save_group
from accounts.audience import AudienceRule
from accounts.models import Organization
from accounts.naming import organizations_in
from accounts.states import Level
from notices.actions.drafting import AUDIENCE_FROZEN, set_audience
from notices.forms import AudienceForm
from notices.forms.audience import is_code
from notices.models import Notice, Topic
from notices.routing import people_to_tell
from notices.views.loading import drafters_notice, shown_revision, version_in_hand
from onepublic.core.charts import PREFECTURES, TileMap, tile_map
from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request

MOST_FOUND = 30
MAP_BOUNDS = (10, 20, 35, 60)
"""Organizations of a prefecture at which its tile becomes darker; 19 to 179 municipalities each."""


ON_THE_MAP = {prefecture.code for prefecture in PREFECTURES}


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
    if version_in_hand(notice).is_correction:
        raise Refused(AUDIENCE_FROZEN)
    if request.method != "POST":
        return _chosen(request, notice, notice.audience)
    pressed = next((verb for name, verb in PRESSED.items() if name in request.POST), _show)
    return pressed(request, notice)


def _chosen(request: Request, notice: Notice, rule: AudienceRule) -> HttpResponse:
    """The page as a rule fills it."""
    initial = rule.to_json() | {"revision": notice.revision}
    form = AudienceForm(initial=initial, division=notice.division)
    return _page(request, notice, form, rule)


def _show(request: Request, notice: Notice, typed: QueryDict | None = None) -> HttpResponse:
    """The page as it was typed, or as ``typed`` differs from that."""
    form = AudienceForm(request.POST if typed is None else typed, division=notice.division)
    return _page(request, notice, form, form.rule() if form.is_valid() else AudienceRule())


def _save(request: Request, notice: Notice) -> HttpResponse:
    form = AudienceForm(request.POST, division=notice.division)
    if not form.is_valid():
        return _page(request, notice, form, AudienceRule())
    try:
        set_audience(notice, by=request.user, rule=form.rule(), revision=shown_revision(request))
    except Stale as refusal:
        form.add_error(None, str(refusal))
        return _page(request, notice, form, form.rule())
    messages.success(request, "宛先を保存しました。")
    return redirect("notices:detail", notice.pk)


def _paste(request: Request, notice: Notice) -> HttpResponse:
    """Add what the pasted lines name; what nobody is stays in the box, with the reason."""
    typed = request.POST.copy()
    try:
        pasted = organizations_in(typed.get("pasted", ""))
    except ValueError:
        return _show(request, notice)
    codes = [*typed.getlist("codes"), *(organization.code for organization in pasted.found)]
    typed.setlist("codes", list(dict.fromkeys(codes)))
    typed["pasted"] = "\n".join(pasted.unresolved)
    messages.info(request, f"貼り付けた一覧から{len(pasted.found)}団体を加えました。")
    return _show(request, notice, typed)


def _load_group(request: Request, notice: Notice) -> HttpResponse:
    """Put the saved rule in the place of what was chosen; nothing is saved yet."""
    form = AudienceForm(request.POST, division=notice.division)
    if not form.is_valid() or form.cleaned_data["group"] is None:
        form.add_error("group", "宛先グループを選んでください。")
        return _page(request, notice, form, AudienceRule())
    group = form.cleaned_data["group"]
    messages.info(request, f"宛先グループ「{group.name}」を読み込みました。まだ保存していません。")
    return _chosen(request, notice, group.rule)


def _keep_group(request: Request, notice: Notice) -> HttpResponse:
    """Save what is chosen under a name; the notice itself is not changed."""
    form = AudienceForm(request.POST, division=notice.division)
    name = form.cleaned_data["group_name"].strip() if form.is_valid() else ""
    if not name:
        if form.is_valid():
            form.add_error("group_name", "宛先グループの名称を入力してください。")
        return _page(request, notice, form, AudienceRule())
    is_new = save_group(division=notice.division, name=name, rule=form.rule(), by=request.user)
    done = "保存しました" if is_new else "今の条件に改めました"
    messages.success(request, f"宛先グループ「{name}」を{done}。")
    return _page(request, notice, form, form.rule())


def _drop_group(request: Request, notice: Notice) -> HttpResponse:
    form = AudienceForm(request.POST, division=notice.division)
    if not form.is_valid() or form.cleaned_data["group"] is None:
        form.add_error("group", "宛先グループを選んでください。")
        return _page(request, notice, form, AudienceRule())
    group = form.cleaned_data["group"]
    delete_group(group, by=request.user)
    messages.success(request, f"宛先グループ「{group.name}」を削除しました。")
    typed = request.POST.copy()
    typed["group"] = ""
    return _show(request, notice, typed)


PRESSED: dict[str, Callable[[Request, Notice], HttpResponse]] = {
    "save": _save,
    "paste": _paste,
    "load": _load_group,
    "keep": _keep_group,
    "drop": _drop_group,
}


def _page(request: Request, notice: Notice, form: AudienceForm, rule: AudienceRule) -> HttpResponse:
    context = {
        "form": form,
        "notice": notice,
        "version": version_in_hand(notice),
        "hits": hits_of(rule, notice.topics.all()),
        "singles": _singles(form),
        "most_found": MOST_FOUND,
    }
    part = "#hits" if request.htmx and "find" not in request.POST else ""
    return render(request, f"notices/audience.html{part}", context)


def hits_of(rule: AudienceRule, topics: Iterable[Topic]) -> dict[str, Any]:
    """Whom a rule selects now: ``total``, ``people`` who would get mail, ``levels`` (label and
    count), ``organizations`` in order of their codes within prefectures, a ``map`` of how many
    there are in each prefecture.
    """
    selected = Organization.objects.matching(rule)
    organizations = list(
        selected.order_by("prefecture_code", "code").values(
            "level", "name", "prefecture_name", "prefecture_code"
        )
    )
    counts = Counter(organization["level"] for organization in organizations)
    return {
        "total": len(organizations),
        "people": people_to_tell(selected, topics=topics).count(),
        "levels": [(level.label, counts[level]) for level in Level if counts[level]],
        "organizations": organizations,
        "map": map_of(organization["prefecture_code"] for organization in organizations),
    }


def map_of(prefectures: Iterable[str]) -> TileMap:
    """How many organizations lie in each prefecture, from their two-digit codes."""
    counts = Counter(code for code in prefectures if code in ON_THE_MAP)
    return tile_map(counts, unit="団体", bounds=MAP_BOUNDS)


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
