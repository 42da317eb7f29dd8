"""Letters to people whose saved search a new notice fits."""

from collections.abc import Sequence

from notices.mail.pointers import FOOTER, address, facts_of, marked_title, short_facts
from notices.models import NoticeVersion, SavedSearchHit
from notices.states import NoticeState
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register


def saved_search_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """To a person whose saved searches a new notice fits; the subject is its version."""
    versions = NoticeVersion.objects.select_related("notice__division__parent").in_bulk(
        {message.subject_id for message in messages}
    )
    hits = SavedSearchHit.objects.filter(
        notice__versions__in=versions, search__user__in={m.person_id for m in messages}
    ).order_by("search__name")
    names: dict[tuple[int, int], list[str]] = {}
    for user, notice, name in hits.values_list("search__user", "notice", "search__name"):
        names.setdefault((user, notice), []).append(f"「{name}」")
    return {
        m.pk: _found(versions[m.subject_id], m.person.name, found)
        for m in messages
        if m.subject_id in versions
        and versions[m.subject_id].notice.state == NoticeState.PUBLISHED
        and (found := names.get((m.person_id, versions[m.subject_id].notice_id)))
    }


def _found(version: NoticeVersion, person: str, names: Sequence[str]) -> Letter:
    lines = [
        f"{person} 様",
        "",
        f"保存した検索{'、'.join(names)}に当てはまる通知が発出されました。",
        "",
    ]
    lines += [*facts_of(version), "", address(version), "", FOOTER]
    entry = (f"【保存した検索】{marked_title(version)}", *short_facts(version))
    return Letter(f"［OnePublic］保存した検索：{version.title}", "\n".join(lines), entry)


register("saved_search", saved_search_letters)
