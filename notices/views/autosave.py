"""The form of a draft that saves itself."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from notices.actions.drafting import edit
from notices.forms import DraftForm, ManuscriptForm
from notices.models import Notice
from notices.permissions import can_draft, is_drafter
from notices.views.beginning import begun, source_of
from notices.views.loading import shown_revision, version_in_hand, visible_notice
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.requests import Request

SIGNED_OUT = "ログインの有効期限が切れたため、保存できていません。別のタブでログインしてください。"
NO_TITLE = "件名を入力すると、下書きの自動保存が始まります。"


@login_not_required
@require_http_methods(["GET", "POST"])
def autosave(request: Request, pk: int) -> JsonResponse:
    """Save the whole form: 200 with the new revision, 409 when somebody else changed the draft,
    422 when something typed can't be kept; then nothing is changed.

    A GET gives a fresh token to a page whose sign-in was renewed elsewhere. A script can't
    follow a redirect to the sign-in page, so a signed-out request gets 401 here.
    """
    if not _is_signed_in(request):
        return _refusal(SIGNED_OUT, HTTPStatus.UNAUTHORIZED)
    notice = visible_notice(request.user, pk)
    demand(is_drafter(request.user, notice))
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    form = ManuscriptForm(request.POST, is_correction=version_in_hand(notice).is_correction)
    if not form.is_valid():
        return _first_complaint(form)
    return _told(lambda: _edited(request, notice, form))


@login_not_required
@require_http_methods(["GET", "POST"])
def autosave_new(request: Request) -> JsonResponse:
    """Begin the draft that the form of a new notice describes, as :func:`autosave` saves one: 200
    also tells the ``page`` on which it is written on, and the address that saves it from now on.
    """
    if not _is_signed_in(request):
        return _refusal(SIGNED_OUT, HTTPStatus.UNAUTHORIZED)
    demand(can_draft(request.user))
    if request.method == "GET":
        return JsonResponse({"token": get_token(request)})
    text, audience = source_of(request)
    form = DraftForm(request.POST, user=request.user, source=text)
    if not request.POST.get("title", "").strip():
        return _refusal(NO_TITLE, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not form.is_valid():
        return _first_complaint(form)
    return _told(lambda: begun(request, form, audience), is_new=True)


def _edited(request: Request, notice: Notice, form: ManuscriptForm) -> Notice:
    text, revision = form.manuscript(), shown_revision(request)
    edit(notice, by=request.user, manuscript=text, revision=revision, autosaved=True)
    notice.refresh_from_db(fields=["revision"])
    return notice


def _told(save: Callable[[], Notice], *, is_new: bool = False) -> JsonResponse:
    try:
        notice = save()
    except Stale as refusal:
        return _refusal(str(refusal), HTTPStatus.CONFLICT)
    except Refused as refusal:
        return _refusal(str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    told = {"revision": notice.revision, "saved_at": f"{timezone.localtime():%H:%M}"}
    places = {"page": "notices:edit", "address": "notices:autosave"} if is_new else {}
    return JsonResponse(
        told | {name: reverse(place, args=[notice.pk]) for name, place in places.items()}
    )


def _first_complaint(form: ManuscriptForm) -> JsonResponse:
    found = [str(message) for messages in form.errors.values() for message in messages]
    return _refusal(found[0], HTTPStatus.UNPROCESSABLE_ENTITY)


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
