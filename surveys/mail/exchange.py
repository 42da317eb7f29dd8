"""The mail about more time and inquiries: to the division, and its word to who asked."""

from collections.abc import Collection

from django.urls import reverse

from onepublic.core.wareki import wareki
from onepublic.mail.rendering import Letter, register, to_each
from surveys.mail.pointers import pointer
from surveys.models import Assignment, ExtensionRequest, Inquiry
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
        facts=[
            f"回答期限：{wareki(request.assignment.due_on)}",
            *([f"連絡事項：{request.remark}"] if request.decided_by_id is None else []),
        ],
        path=reverse("surveys:extension", args=[request.assignment_id]),
    )


def _lapsed(request: ExtensionRequest) -> Letter:
    """To the division: one letter for all that it has left undecided."""
    survey = request.assignment.survey
    return pointer(
        survey,
        title="決定しなかった期限の延長の申請",
        sentence="次の調査は受付を終了し、決定を待っていた期限の延長の申請は、不承認となりました。"
        "必要なときは、受付を再開できます。",
        facts=[f"理由：{request.remark}"],
        path=reverse("surveys:survey_extensions", args=[survey.pk]),
    )


def _inquiries(keys: Collection[int]) -> dict[int, Inquiry]:
    return Inquiry.objects.select_related("survey", "organization").in_bulk(keys)


def _inquired(inquiry: Inquiry) -> Letter | None:
    if inquiry.replied_at is not None:
        return None
    return pointer(
        inquiry.survey,
        title="調査への質問",
        sentence="次の調査について、質問がありました。",
        facts=[f"機関：{inquiry.organization.full_name}"],
        path=reverse("surveys:survey_inquiry", args=[inquiry.survey_id, inquiry.pk]),
    )


def _answered(inquiry: Inquiry) -> Letter:
    asked = Assignment.objects.filter(
        survey=inquiry.survey_id, organization=inquiry.organization_id
    )
    return pointer(
        inquiry.survey,
        title="質問への回答",
        sentence="次の調査についての質問に、回答がありました。",
        facts=[],
        path=reverse("surveys:inquiries", args=[asked.get().pk]),
    )


register("extension_asked", to_each(_requests, _asked))
register("extension_decided", to_each(_requests, _decided))
register("extensions_lapsed", to_each(_requests, _lapsed))
register("inquiry_asked", to_each(_inquiries, _inquired))
register("inquiry_answered", to_each(_inquiries, _answered))
