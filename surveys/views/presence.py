"""Who else has the response open: a page gives signs of life and is told of the others."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from surveys.models import Assignment
from surveys.presence import Present, arrive, leave
from surveys.responses import questionnaire_of
from surveys.views.loading import own_assignment


@login_not_required
@require_POST
def presence(request: HttpRequest, assignment_id: int) -> JsonResponse:
    """Note that the person has a section open, or with ``leaving`` no longer; name the others.

    A script can't follow a redirect to the sign-in page, so a signed-out request gets 401 here.
    """
    if not request.user.is_authenticated:
        return JsonResponse({}, status=HTTPStatus.UNAUTHORIZED)
    assignment = own_assignment(request.user, assignment_id)
    if "leaving" in request.POST:
        leave(assignment.pk, request.user)
        return JsonResponse({"text": ""})
    section_id = request.POST.get("section", "")[:64]
    others = arrive(assignment.pk, request.user, section_id)
    return JsonResponse({"text": _in_words(assignment, others, section_id)})


def _in_words(assignment: Assignment, others: list[Present], section_id: str) -> str:
    if not others:
        return ""
    titles = {each.id: each.title for each in questionnaire_of(assignment.revision).sections}
    names = [f"{one.name}さん（{_place(one, section_id, titles)}）" for one in others]
    return f"ほかに開いている方：{'、'.join(names)}"


def _place(one: Present, section_id: str, titles: dict[str, str]) -> str:
    if one.section_id and one.section_id == section_id:
        return "同じ節"
    return titles.get(one.section_id, "一覧")
