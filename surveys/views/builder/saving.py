"""How the forms of the builder are saved: by their button, and by themselves while being typed."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import Applied, Subject, apply_step, mark_of
from surveys.authoring import Step, part_of
from surveys.models import QuestionnaireRevision
from surveys.views.builder.loading import continues, drafters_revision, seen_edit

SIGNED_OUT = "ログインの有効期限が切れたため、保存できていません。別のタブでログインしてください。"
UNFINISHED = "入力の途中です。"
OVERTAKEN = (
    "入力した内容は下に残っています。「現在の内容」を確かめ、この内容で置き換えてよければ、"
    "もう一度保存してください。"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says: its step and the ``kind`` and ``subject`` (None: a new part) that it is
    about; or no step, and what has to be mended first.
    """

    kind: str
    subject: Subject | None
    step: Step | None
    complaint: str = UNFINISHED


Read: TypeAlias = Callable[[QuestionnaireRevision], Typed]


def save(request: Request, revision: QuestionnaireRevision, typed: Typed) -> Applied:
    """Make the step; raises as :func:`surveys.actions.apply_step`, Refused without a step."""
    if typed.step is None:
        raise Refused(typed.complaint)
    return apply_step(
        revision,
        typed.step,
        by=request.user,
        edit=seen_edit(request) if typed.subject else revision.edit,
        subject=typed.subject,
        continues=typed.subject is not None and continues(request),
    )


def autosave(request: Request, survey_id: int, read: Read) -> JsonResponse:
    """Save a whole form: 200 with the new number and mark, 409 when somebody else changed its
    part, 422 when something typed can't be kept; then nothing is changed.

    ``read`` takes what was sent, or only looks for the part (404) of a GET, which gives a fresh
    token to a page whose sign-in was renewed elsewhere.
    """
    if not _is_signed_in(request):
        return _refusal(SIGNED_OUT, HTTPStatus.UNAUTHORIZED)
    revision = drafters_revision(request, survey_id)
    typed = read(revision)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    try:
        applied = save(request, revision, typed)
    except Stale as refusal:
        return _refusal(str(refusal), HTTPStatus.CONFLICT)
    except Refused as refusal:
        return _refusal(str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY)
    held = part_of(applied.revision.document, typed.kind, applied.done.about)
    return JsonResponse(
        {
            "revision": applied.revision.edit,
            "mark": mark_of(held or {}),
            "seen_all": applied.seen_all,
            "saved_at": f"{timezone.localtime():%H:%M}",
            "about": applied.done.about,
        }
    )


def _is_signed_in(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
