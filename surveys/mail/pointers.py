"""What the letters about surveys share: pointers to a page, never an answer."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from django.conf import settings

from onepublic.audit.models import AuditEvent
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, Renderer
from surveys.models import Assignment, Survey

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
    """The assignments with their surveys, by the events of their steps, without those that a
    successor has taken over: two queries.
    """
    targets = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    asked = Assignment.objects.counted().select_related(
        "survey__division__parent", "organization__prefecture"
    )
    found = asked.in_bulk(set(targets.values()))
    return {event: found[key] for event, key in targets.items() if key in found}
