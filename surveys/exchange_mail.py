"""The mail about more time: a request to the division, its decision to who asked."""

from collections.abc import Collection

from django.urls import reverse

from onepublic.core.wareki import wareki
from onepublic.mail.rendering import Letter, register
from surveys.letters import pointer, to_each
from surveys.models import ExtensionRequest
from surveys.states import ExtensionState


def _requests(keys: Collection[int]) -> dict[int, ExtensionRequest]:
    return ExtensionRequest.objects.select_related(
        "assignment__survey", "assignment__organization"
    ).in_bulk(keys)


def _asked(request: ExtensionRequest) -> Letter | None:
    if request.state != ExtensionState.ASKED:
        return None
    survey = request.assignment.survey
    return pointer(
        survey,
        title="期限の延長の申請",
        sentence="次の調査について、期限の延長の申請がありました。",
        facts=[
            f"機関：{request.assignment.organization.full_name}",
            f"希望する期限：{wareki(request.until)}",
        ],
        path=reverse("surveys:survey_extensions", args=[survey.pk]),
    )


def _decided(request: ExtensionRequest) -> Letter:
    granted = request.state == ExtensionState.GRANTED
    words = "承認されました" if granted else "承認されませんでした"
    return pointer(
        request.assignment.survey,
        title="期限の延長の決定",
        sentence=f"申請された期限の延長は、{words}。",
        facts=[f"回答期限：{wareki(request.assignment.due_on)}"],
        path=reverse("surveys:extension", args=[request.assignment_id]),
    )


register("extension_asked", to_each(_requests, _asked))
register("extension_decided", to_each(_requests, _decided))
