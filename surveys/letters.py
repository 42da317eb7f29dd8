"""The mail around a response: approval asked for, given, or the response given back.

Each is a pointer to a page, never an answer. The subject is the audit event of the step, so that
the same step made again is told again; what no longer holds when the mail is written is not sent.
"""

from collections.abc import Callable, Collection, Sequence

from django.conf import settings
from django.urls import reverse

from onepublic.audit.models import AuditEvent
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, Renderer, register
from surveys.models import Assignment
from surveys.states import HANDED_IN_STATES, AssignmentState

FOOTER = "内容は、上のページにログインしてご覧ください。\nこのメールには返信できません。"


def told_of(events: Collection[int]) -> dict[int, Assignment]:
    """The assignments with their surveys, by the events of their steps: two queries."""
    targets = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    asked = Assignment.objects.select_related("survey__division__parent", "organization")
    found = asked.in_bulk(set(targets.values()))
    return {event: found[key] for event, key in targets.items() if key in found}


def letter_about(
    assignment: Assignment, *, title: str, sentence: str, page: str, facts: Sequence[str] = ()
) -> Letter:
    """A letter without greeting that leads to ``page``, the name of an address of a response."""
    survey = assignment.survey
    address = f"{settings.PORTAL_URL}{reverse(page, args=[assignment.pk])}"
    said = (f"調査名：{survey.title}", f"回答期限：{wareki(assignment.due_on)}", *facts)
    text = "\n".join((f"{sentence}\n", *said, "", address, "", FOOTER, ""))
    subject = f"［OnePublic］【{title}】{survey.title}"
    return Letter(subject=subject, text=text, entry=(f"【{title}】{survey.title}", *said, address))


def by_event(write: Callable[[Assignment], Letter | None]) -> Renderer:
    """A renderer for messages whose subject is an event of an assignment."""

    def letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
        found = told_of({message.subject_id for message in messages})
        written = {event: write(assignment) for event, assignment in found.items()}
        return {
            message.pk: Letter(
                letter.subject, f"{message.person.name} 様\n\n{letter.text}", letter.entry
            )
            for message in messages
            if (letter := written.get(message.subject_id))
        }

    return letters


def _asked(assignment: Assignment) -> Letter | None:
    if assignment.state != AssignmentState.AWAITING_APPROVAL:
        return None
    return letter_about(
        assignment,
        title="決裁のお願い",
        sentence="次の調査の回答が、決裁を待っています。",
        page="surveys:review",
    )


def _returned(assignment: Assignment) -> Letter | None:
    if assignment.state != AssignmentState.RETURNED_INSIDE:
        return None
    return letter_about(
        assignment,
        title="回答の差戻し",
        sentence="次の調査の回答が、決裁者から差し戻されました。理由は、確認画面で見られます。",
        page="surveys:review",
    )


def _approved(assignment: Assignment) -> Letter | None:
    if assignment.state not in HANDED_IN_STATES:
        return None
    return letter_about(
        assignment,
        title="提出のお知らせ",
        sentence="次の調査の回答が決裁され、提出されました。",
        page="surveys:receipt",
        facts=[f"受付番号：{assignment.receipt_number}"],
    )


register("response_approval_asked", by_event(_asked))
register("response_returned_inside", by_event(_returned))
register("response_approved", by_event(_approved))
