"""The mail around a response: approval asked for, given, or the response given back.

The subject is the audit event of the step, so that the same step made again is told again; what no
longer holds when the mail is written is not sent.
"""

from collections.abc import Sequence

from django.urls import reverse

from onepublic.core.wareki import wareki
from onepublic.mail.rendering import Letter, register, to_each
from surveys.mail.pointers import pointer, told_of
from surveys.models import Assignment
from surveys.states import HANDED_IN_STATES, AssignmentState


def _letter(
    assignment: Assignment, *, title: str, sentence: str, page: str, facts: Sequence[str] = ()
) -> Letter:
    due = f"回答期限：{wareki(assignment.due_on)}"
    path = reverse(page, args=[assignment.pk])
    return pointer(
        assignment.survey, title=title, sentence=sentence, facts=[due, *facts], path=path
    )


def _asked(assignment: Assignment) -> Letter | None:
    if assignment.state != AssignmentState.AWAITING_APPROVAL:
        return None
    return _letter(
        assignment,
        title="決裁のお願い",
        sentence="次の調査の回答が、決裁を待っています。",
        page="surveys:review",
    )


def _returned(assignment: Assignment) -> Letter | None:
    if assignment.state != AssignmentState.RETURNED_INSIDE:
        return None
    return _letter(
        assignment,
        title="回答の差戻し",
        sentence="次の調査の回答が、決裁者から差し戻されました。理由は、確認画面で見られます。",
        page="surveys:review",
    )


def _approved(assignment: Assignment) -> Letter | None:
    if assignment.state not in HANDED_IN_STATES:
        return None
    return _letter(
        assignment,
        title="提出のお知らせ",
        sentence="次の調査の回答が決裁され、提出されました。",
        page="surveys:receipt",
        facts=[f"受付番号：{assignment.receipt_number}"],
    )


def _given_back(assignment: Assignment) -> Letter | None:
    if assignment.state != AssignmentState.RETURNED:
        return None
    return _letter(
        assignment,
        title="回答の差戻し",
        sentence="提出された次の調査の回答が、差し戻されました。理由と指摘は、回答の画面で見られます。",
        page="surveys:assignment",
    )


register("response_approval_asked", to_each(told_of, _asked))
register("response_returned_inside", to_each(told_of, _returned))
register("response_returned", to_each(told_of, _given_back))
register("response_approved", to_each(told_of, _approved))
