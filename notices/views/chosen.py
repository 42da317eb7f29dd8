"""Acts on several received notices at once: those chosen in the inbox, at most a page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import Division, User
from notices.actions.passing_on import hand_over_several
from notices.actions.receiving import acknowledge_several
from notices.forms import HandOverForm
from notices.permissions import acknowledging_organization_ids
from onepublic.core.errors import Refused, demand
from onepublic.core.requests import Request

PAGE_SIZE = 50
NOTHING_CHOSEN = "通知が選ばれていません。一覧で選んでから、もう一度押してください。"
NO_DIVISION = "引き継ぐ課室を選んでください。申し送りは300文字以内で入力してください。"
LONGEST_BACK = 2000


@require_POST
def acknowledgements(request: Request) -> HttpResponse:
    """Confirm receipt of the chosen ones."""
    user = request.user
    demand(bool(acknowledging_organization_ids(user)))
    return _with_chosen(
        request, lambda keys: acknowledge_several(keys, by=user), "確認済みにしました。"
    )


@require_POST
def hand_overs(request: Request) -> HttpResponse:
    """Give the chosen ones to another division."""
    user, form = request.user, hand_over_form(request.user, request.POST)
    if form is None or not form.is_valid():
        demand(form is not None)
        messages.warning(request, NO_DIVISION)
        return _back(request)
    to, remark = form.cleaned_data["division"], form.cleaned_data["remark"]
    return _with_chosen(
        request,
        lambda keys: hand_over_several(keys, to=to, remark=remark, by=user),
        f"{to.name}に引き継ぎました。",
    )


def hand_over_form(user: User, posted: QueryDict | None = None) -> HandOverForm | None:
    """The form with the divisions to choose from; None for those who may act for nobody."""
    organizations = acknowledging_organization_ids(user)
    if not organizations:
        return None
    divisions = Division.objects.in_force().filter(organization__in=organizations)
    return HandOverForm(posted, divisions=divisions)


def _with_chosen(request: Request, verb: Callable[[list[int]], int], done: str) -> HttpResponse:
    """Call the verb with the keys of the chosen rows and say for how many it was new."""
    sent = request.POST.getlist("delivery")[:PAGE_SIZE]
    chosen = [int(key) for key in sent if key.isascii() and key.isdecimal() and len(key) < 19]
    if not chosen:
        messages.warning(request, NOTHING_CHOSEN)
        return _back(request)
    try:
        new = verb(chosen)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return _back(request)
    rest = len(chosen) - new
    unchanged = f"残る{rest}件は、すでに済んでいるか、操作できない通知です。" if rest else ""
    messages.success(request, f"{new}件を{done}{unchanged}")
    return _back(request)


def _back(request: Request) -> HttpResponse:
    """To the list as it was, by its own query alone: no other address can be sent."""
    query = QueryDict(request.POST.get("back", "")[:LONGEST_BACK]).urlencode()
    return HttpResponseRedirect(reverse("notices:inbox") + (f"?{query}" if query else ""))
