"""The mail about a published or corrected notice: a pointer to its page, never its content."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import F

from notices.models import NoticeVersion, SavedSearchHit
from notices.states import Importance, NoticeState
from onepublic.audit.models import AuditEvent
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register

TEST_NOTE = "これは、発出する前に自分あてに送ったテストメールです。"
ARRIVED = "厚生労働省から、次の通知が届きました。"
CORRECTED = (
    "ご覧になった次の通知が訂正されました。\n通知のページを開くと、変わったところが表示されます。"
)
WITHDRAWN = (
    "ご覧になった次の通知が取り下げられました。内容と添付ファイルは、もう表示されません。\n"
    "保存または印刷したものがあるときは、使わないでください。"
)
CONFIRM_AGAIN = "この訂正では、確認（受領）を改めてお願いしています。"
FOOTER = (
    "本文と添付ファイルは、上のページにログインしてご覧ください。\n"
    "このメールには返信できません。お問い合わせは、通知に記載の問合せ先へお願いします。"
)


def published_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """A letter by primary key of the message; one query for all of them.

    A message whose version is not the one in force is left out, and so is cancelled.
    """
    return _letters(messages, corrected=False)


def corrected_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """The same to people who had read the version before."""
    return _letters(messages, corrected=True)


def _letters(messages: Sequence[OutboxMessage], *, corrected: bool) -> dict[int, Letter]:
    texts = {
        key: (
            _subject(version, corrected),
            _pointer(version, corrected),
            _entry(version, corrected),
        )
        for key, version in in_force({message.subject_id for message in messages}).items()
    }
    return {
        message.pk: Letter(subject, f"{message.person.name} 様\n\n{text}", entry)
        for message in messages
        if message.subject_id in texts
        for subject, text, entry in [texts[message.subject_id]]
    }


def in_force(keys: set[int]) -> dict[int, NoticeVersion]:
    """The versions with these keys that their published notices show."""
    current = NoticeVersion.objects.filter(
        notice__state=NoticeState.PUBLISHED, notice__current_version=F("pk")
    )
    return current.select_related("notice__division__parent").in_bulk(keys)


def _subject(version: NoticeVersion, corrected: bool = False) -> str:
    return f"［OnePublic］{_marked_title(version, corrected)}"


def _marked_title(version: NoticeVersion, corrected: bool = False) -> str:
    mark = "【訂正】" if corrected else ""
    if version.importance != Importance.NORMAL:
        mark += f"【{version.get_importance_display()}】"
    return f"{mark}{version.title}"


def _entry(version: NoticeVersion, corrected: bool = False) -> tuple[str, ...]:
    return (_marked_title(version, corrected), *short_facts(version))


def short_facts(version: NoticeVersion) -> tuple[str, ...]:
    """What a letter of several notices says of each: number, issuer, due date and link."""
    facts = [
        f"文書番号：{version.number or 'なし'}",
        f"発出元：{version.notice.division.full_name}",
    ]
    if version.due_on:
        facts.append(f"対応の期限：{wareki(version.due_on)}")
    return (*facts, address(version))


def _pointer(version: NoticeVersion, corrected: bool = False) -> str:
    lines = [CORRECTED if corrected else ARRIVED, "", *facts_of(version)]
    if corrected:
        lines += ["", "訂正の理由：", version.correction_reason]
    if corrected and version.acknowledge_again:
        lines += ["", CONFIRM_AGAIN]
    return "\n".join([*lines, "", address(version), "", FOOTER])


def address(version: NoticeVersion) -> str:
    """The address of the notice's page, as it stands in a mail."""
    return f"{settings.PORTAL_URL}/notices/{version.notice_id}/"


def facts_of(version: NoticeVersion) -> list[str]:
    """What a mail says of a notice, a line each; never its content."""
    facts = [
        f"種別：{version.get_category_display()}",
        f"文書番号：{version.number or 'なし'}",
        f"件名：{version.title}",
        f"発出元：{version.notice.division.full_name}",
        f"発出日：{wareki(version.issued_on)}",
    ]
    if version.due_on:
        facts.append(f"対応の期限：{wareki(version.due_on)}")
    return facts


def test_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """What the addressees of a draft will get, to whoever tries it; the subject is the event."""
    events = AuditEvent.objects.in_bulk({message.subject_id for message in messages})
    versions = NoticeVersion.objects.select_related("notice__division__parent").in_bulk(
        {event.target_id for event in events.values()}
    )
    letters = {}
    for message in messages:
        event = events.get(message.subject_id)
        if version := versions.get(event.target_id) if event else None:
            text = f"{TEST_NOTE}\n\n{message.person.name} 様\n\n{_pointer(version)}"
            letters[message.pk] = Letter(f"【テスト】{_subject(version)}", text)
    return letters


def withdrawn_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """To whoever had opened a notice that was taken back."""
    versions = NoticeVersion.objects.select_related("notice__division__parent").in_bulk(
        {message.subject_id for message in messages}
    )
    return {
        message.pk: Letter(
            f"［OnePublic］【取下げ】{version.title}",
            f"{message.person.name} 様\n\n{_withdrawn(version)}",
        )
        for message in messages
        if (version := versions.get(message.subject_id))
    }


def _withdrawn(version: NoticeVersion) -> str:
    lines = [
        WITHDRAWN,
        "",
        f"文書番号：{version.number or 'なし'}",
        f"件名：{version.title}",
        f"発出元：{version.notice.division.full_name}",
        "",
        "取下げの理由：",
        version.notice.withdrawal_reason,
        "",
        f"{settings.PORTAL_URL}/notices/{version.notice_id}/",
    ]
    return "\n".join(lines)


def not_published_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """To those who prepared and scheduled a notice that could not go out at its time."""
    versions = NoticeVersion.objects.in_bulk({message.subject_id for message in messages})
    letters = {}
    for message in messages:
        if version := versions.get(message.subject_id):
            letters[message.pk] = Letter(
                f"［OnePublic］発出できませんでした：{version.title}",
                f"{message.person.name} 様\n\n{_not_published(version)}",
            )
    return letters


def _not_published(version: NoticeVersion) -> str:
    lines = [
        "予約した日時に、次の通知を発出できませんでした。起案者に差し戻しています。",
        "",
        f"件名：{version.title}",
        f"理由：{version.return_reason}",
        "",
        address(version),
    ]
    return "\n".join(lines)


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
    entry = (f"【保存した検索】{_marked_title(version)}", *short_facts(version))
    return Letter(f"［OnePublic］保存した検索：{version.title}", "\n".join(lines), entry)


register("notice_published", published_letters)
register("notice_test", test_letters)
register("notice_handed_over", handed_over_letters)
register("notice_not_published", not_published_letters)
register("notice_corrected", corrected_letters)
register("notice_withdrawn", withdrawn_letters)
register("saved_search", saved_search_letters)
