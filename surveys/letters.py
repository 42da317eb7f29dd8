"""The mail around a response: approval asked for, given, or the response given back.

Each is a pointer to a page, never an answer. The subject is the audit event of the step, so that
the same step made again is told again; what no longer holds when the mail is written is not sent.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from django.conf import settings
from django.urls import reverse

from onepublic.audit.models import AuditEvent
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, Renderer, register
from surveys.models import Assignment, Survey
from surveys.states import HANDED_IN_STATES, AssignmentState

Row = TypeVar("Row")
FOOTER = "内容は、上のページにログインしてご覧ください。\nこのメールには返信できません。"


def pointer(
    survey: Survey, *, title: str, sentence: str, facts: Sequence[str], path: str
) -> Letter:
    """A letter without greeting: what happened, to which survey, and where to read of it."""
    address = f"{settings.PORTAL_URL}{path}"
    said = (f"調査名：{survey.title}", *facts)
    text = "\n".join((f"{sentence}\n", *said, "", address, "", FOOTER, ""))
    heading = f"【{title}】{survey.title}"
    return Letter(subject=f"［OnePublic］{heading}", text=text, entry=(heading, *facts, address))


def to_each(
    find: Callable[[Collection[int]], Mapping[int, Row]], write: Callable[[Row], Letter | None]
) -> Renderer:
    """A renderer for messages whose subjects ``find`` looks up, each written once and sent with
    the person's name; what is not found, or not written (None), must not go any more.
    """

    def letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
        found = find({message.subject_id for message in messages})
        written = {key: write(row) for key, row in found.items()}
        return {
            message.pk: Letter(
                letter.subject, f"{message.person.name} 様\n\n{letter.text}", letter.entry
            )
            for message in messages
            if (letter := written.get(message.subject_id))
        }

    return letters


def told_of(events: Collection[int]) -> dict[int, Assignment]:
    """The assignments with their surveys, by the events of their steps: two queries."""
    targets = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    asked = Assignment.objects.select_related("survey__division__parent", "organization")
    found = asked.in_bulk(set(targets.values()))
    return {event: found[key] for event, key in targets.items() if key in found}


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
