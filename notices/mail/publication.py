"""Letters to the addressees: published, corrected, withdrawn."""

from collections.abc import Sequence

from notices.mail.pointers import address, in_force, marked_title, pointer, short_facts, subject_of
from notices.models import NoticeVersion
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register

WITHDRAWN = (
    "ご覧になった次の通知が取り下げられました。内容と添付ファイルは、もう表示されません。\n"
    "保存または印刷したものがあるときは、使わないでください。"
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
            subject_of(version, corrected),
            pointer(version, corrected),
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


def _entry(version: NoticeVersion, corrected: bool = False) -> tuple[str, ...]:
    return (marked_title(version, corrected), *short_facts(version))


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
        address(version),
    ]
    return "\n".join(lines)


register("notice_published", published_letters)
register("notice_corrected", corrected_letters)
register("notice_withdrawn", withdrawn_letters)
