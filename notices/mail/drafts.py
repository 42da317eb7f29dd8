"""Letters to those who write and decide, about what is not published yet."""

from collections.abc import Sequence

from django.conf import settings

from notices.mail.pointers import address, pointer, subject_of
from notices.models import NoticeVersion
from onepublic.audit.models import AuditEvent
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register

TEST_NOTE = "これは、発出する前に自分あてに送ったテストメールです。"
AGREEMENT_ASKED = "次の通知を連名で発出することについて、課室の同意が求められています。"


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
            text = f"{TEST_NOTE}\n\n{message.person.name} 様\n\n{pointer(version)}"
            letters[message.pk] = Letter(f"【テスト】{subject_of(version)}", text)
    return letters


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


def agreement_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """To whoever decides in a joint division that must agree; the subject is the event by which
    the notice was sent for approval. What is no longer in review is left out.
    """
    events = AuditEvent.objects.in_bulk({message.subject_id for message in messages})
    waiting = NoticeVersion.objects.in_review().select_related("notice__division__parent")
    found = waiting.filter(notice__in={event.target_id for event in events.values()})
    versions = {version.notice_id: version for version in found}
    letters = {}
    for message in messages:
        event = events.get(message.subject_id)
        if version := versions.get(event.target_id) if event else None:
            letters[message.pk] = Letter(
                f"［OnePublic］連名への同意のお願い：{version.title}",
                f"{message.person.name} 様\n\n{_agreement_asked(version)}",
            )
    return letters


def _agreement_asked(version: NoticeVersion) -> str:
    lines = [
        AGREEMENT_ASKED,
        "",
        f"件名：{version.title}",
        f"起案：{version.notice.division.full_name}",
        "",
        f"{settings.PORTAL_URL}/notices/{version.notice_id}/agreement/",
    ]
    return "\n".join(lines)


register("notice_test", test_letters)
register("notice_not_published", not_published_letters)
register("notice_agreement_asked", agreement_letters)
