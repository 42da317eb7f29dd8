"""The audience builder: choose, see whom it hits, save. Each trade's page says for what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.actions.groups import delete_group, save_group
from accounts.audience import AudienceRule
from accounts.forms.audience import AudienceForm
from accounts.models import Division
from accounts.naming import organizations_in
from accounts.views.hits import MOST_FOUND, Among, PeopleOf, all_of, hits_of, singles_of
from onepublic.core.errors import Refused
from onepublic.core.requests import Request

NO_GROUP = "宛先グループを選んでください。"
NO_NAME = "宛先グループの名称を入力してください。"


@dataclass(frozen=True, slots=True)
class Addressed:
    """What is addressed: its division, its ``rule``, and what the page has to send back to show
    that it was the latest (``revision``); ``people`` who would get mail of organizations; ``save``
    keeps a rule or raises Refused. ``template`` extends ``audience.html``; ``back`` leads away;
    ``among`` leaves out organizations that a rule can't add.
    """

    division: Division
    rule: AudienceRule
    revision: int | str
    people: PeopleOf
    save: Callable[[AudienceRule], object]
    template: str
    back: str
    context: Mapping[str, Any] = field(default_factory=dict)
    among: Among = all_of
    save_label: str = "宛先を保存する"
    done: str = "宛先を保存しました。"


def audience_page(request: Request, addressed: Addressed) -> HttpResponse:
    """Every press but 「保存する」 only shows whom the choice hits, with and without script."""
    if request.method != "POST":
        return _chosen(request, addressed, addressed.rule)
    pressed = next((verb for name, verb in PRESSED.items() if name in request.POST), _show)
    return pressed(request, addressed)


def _form(addressed: Addressed, sent: QueryDict) -> AudienceForm:
    return AudienceForm(sent, division=addressed.division)


def _chosen(request: Request, addressed: Addressed, rule: AudienceRule) -> HttpResponse:
    """The page as a rule fills it."""
    initial = rule.to_json() | {"revision": addressed.revision}
    form = AudienceForm(initial=initial, division=addressed.division)
    return _page(request, addressed, form, rule)


def _show(request: Request, addressed: Addressed, typed: QueryDict | None = None) -> HttpResponse:
    """The page as it was typed, or as ``typed`` differs from that."""
    form = _form(addressed, request.POST if typed is None else typed)
    return _page(request, addressed, form, form.rule() if form.is_valid() else AudienceRule())


def _save(request: Request, addressed: Addressed) -> HttpResponse:
    form = _form(addressed, request.POST)
    if not form.is_valid():
        return _page(request, addressed, form, AudienceRule())
    try:
        addressed.save(form.rule())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, addressed, form, form.rule())
    messages.success(request, addressed.done)
    return redirect(addressed.back)


def _paste(request: Request, addressed: Addressed) -> HttpResponse:
    """Add what the pasted lines name; what nobody is stays in the box, with the reason."""
    typed = request.POST.copy()
    try:
        pasted = organizations_in(typed.get("pasted", ""))
    except ValueError:
        return _show(request, addressed)
    codes = [*typed.getlist("codes"), *(organization.code for organization in pasted.found)]
    typed.setlist("codes", list(dict.fromkeys(codes)))
    typed["pasted"] = "\n".join(pasted.unresolved)
    messages.info(request, f"貼り付けた一覧から{len(pasted.found)}団体を加えました。")
    return _show(request, addressed, typed)


def _load_group(request: Request, addressed: Addressed) -> HttpResponse:
    """Put the saved rule in the place of what was chosen; nothing is saved yet."""
    form = _form(addressed, request.POST)
    if not form.is_valid() or form.cleaned_data["group"] is None:
        form.add_error("group", NO_GROUP)
        return _page(request, addressed, form, AudienceRule())
    group = form.cleaned_data["group"]
    messages.info(request, f"宛先グループ「{group.name}」を読み込みました。まだ保存していません。")
    return _chosen(request, addressed, group.rule)


def _keep_group(request: Request, addressed: Addressed) -> HttpResponse:
    """Save what is chosen under a name; what is addressed is not changed."""
    form = _form(addressed, request.POST)
    name = form.cleaned_data["group_name"].strip() if form.is_valid() else ""
    if not name:
        if form.is_valid():
            form.add_error("group_name", NO_NAME)
        return _page(request, addressed, form, AudienceRule())
    is_new = save_group(division=addressed.division, name=name, rule=form.rule(), by=request.user)
    done = "保存しました" if is_new else "今の条件に改めました"
    messages.success(request, f"宛先グループ「{name}」を{done}。")
    return _page(request, addressed, form, form.rule())


def _drop_group(request: Request, addressed: Addressed) -> HttpResponse:
    form = _form(addressed, request.POST)
    if not form.is_valid() or form.cleaned_data["group"] is None:
        form.add_error("group", NO_GROUP)
        return _page(request, addressed, form, AudienceRule())
    group = form.cleaned_data["group"]
    delete_group(group, by=request.user)
    messages.success(request, f"宛先グループ「{group.name}」を削除しました。")
    typed = request.POST.copy()
    typed["group"] = ""
    return _show(request, addressed, typed)


PRESSED: dict[str, Callable[[Request, Addressed], HttpResponse]] = {
    "save": _save,
    "paste": _paste,
    "load": _load_group,
    "keep": _keep_group,
    "drop": _drop_group,
}


def _page(
    request: Request, addressed: Addressed, form: AudienceForm, rule: AudienceRule
) -> HttpResponse:
    context = {
        **addressed.context,
        "form": form,
        "division": addressed.division,
        "back": addressed.back,
        "hits": hits_of(rule, addressed.people, addressed.among),
        "save_label": addressed.save_label,
        "singles": singles_of(form),
        "most_found": MOST_FOUND,
    }
    counted = request.htmx and "find" not in request.POST
    return render(request, "audience.html#hits" if counted else addressed.template, context)
