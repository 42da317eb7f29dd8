"""The form of a draft that saves itself."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from notices.actions.drafting import edit
from notices.forms import ManuscriptForm
from notices.models import Notice
from notices.permissions import is_drafter
from notices.views.loading import shown_revision, version_in_hand, visible_notice
from onepublic.core.errors import Refused, Stale, demand
from onepublic.core.requests import Request

SIGNED_OUT = "ログインの有効期限が切れたため、保存できていません。別のタブでログインしてください。"


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
        found = [str(message) for messages in form.errors.values() for message in messages]
        return _refusal(found[0], HTTPStatus.UNPROCESSABLE_ENTITY)
    return _saved(request, notice, form)


def _saved(request: Request, notice: Notice, form: ManuscriptForm) -> JsonResponse:
    text, revision = form.manuscript(), shown_revision(request)
    try:
        edit(notice, by=request.user, manuscript=text, revision=revision, autosaved=True)
    except Stale as refusal:
        return _refusal(str(refusal), HTTPStatus.CONFLICT)
    except Refused as refusal:
        return _refusal(str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    notice.refresh_from_db(fields=["revision"])
    return JsonResponse({"revision": notice.revision, "saved_at": f"{timezone.localtime():%H:%M}"})


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
