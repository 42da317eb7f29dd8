"""What the letters about surveys share: pointers to a page, never an answer."""

from collections.abc import Collection, Sequence

from django.conf import settings

from onepublic.audit.models import AuditEvent
from onepublic.mail.rendering import FOOTER, Letter
from surveys.models import Assignment, Survey


def pointer(
    survey: Survey, *, title: str, sentence: str, facts: Sequence[str], path: str
) -> Letter:
    """A letter without greeting: what happened, to which survey, and where to read of it."""
    address = f"{settings.PORTAL_URL}{path}"
    said = (f"調査名：{survey.title}", *facts)
    text = "\n".join((f"{sentence}\n", *said, "", address, "", FOOTER, ""))
    heading = f"【{title}】{survey.title}"
    return Letter(subject=f"［OnePublic］{heading}", text=text, entry=(heading, *facts, address))


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
