"""Letters to a division that takes over what another one had."""

from collections.abc import Sequence

from django.db.models import F

from notices.mail.pointers import FOOTER, address, facts_of, short_facts
from notices.models import NoticeVersion
from notices.states import NoticeState
from onepublic.audit.models import AuditEvent
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register


def handed_over_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """To a division that got notices from another one; the subject is the event of the hand-over.

    The remark stays on the page. Notices withdrawn meanwhile are left out.
    """
    events = AuditEvent.objects.select_related("actor").in_bulk({m.subject_id for m in messages})
    handed = {key: _handed_over(event) for key, event in events.items()}
    return {
        m.pk: Letter(letter.subject, f"{m.person.name} 様\n\n{letter.text}", letter.entry)
        for m in messages
        if (letter := handed.get(m.subject_id))
    }


def _handed_over(event: AuditEvent) -> Letter | None:
    versions = NoticeVersion.objects.filter(
        notice__deliveries__in=event.detail["deliveries"], pk=F("notice__current_version")
    ).exclude(notice__state=NoticeState.WITHDRAWN)
    found = list(versions.select_related("notice__division__parent").order_by("pk"))
    if not found:
        return None
    more = f" ほか{len(found) - 1}件" if found[1:] else ""
    by = event.actor.name if event.actor else ""
    lines = [f"{by}さんから、次の通知の担当を引き継ぎました。申し送りは通知のページにあります。"]
    for version in found:
        lines += ["", *facts_of(version), address(version)]
    first, *others = found
    entry = [f"【引継ぎ】{first.title}", *short_facts(first)]
    for version in others:
        entry += [version.title, *short_facts(version)]
    text = "\n".join([*lines, "", FOOTER])
    return Letter(f"［OnePublic］引継ぎ：{first.title}{more}", text, tuple(entry))


register("notice_handed_over", handed_over_letters)
