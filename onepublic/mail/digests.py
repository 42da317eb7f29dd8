"""The letter that collects what a person was told since the last one: pointers, no content."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from onepublic.mail.delivery import BATCH, Parcel, deliver
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter

OPENING = "次のお知らせがあります。内容は、それぞれのページにログインしてご覧ください。"
CLOSING = (
    "お知らせをまとめて受け取る時刻は、次のページで変えられます。\n"
    "{address}\n\n"
    "このメールには返信できません。お問い合わせは、それぞれのページに記載の問合せ先へお願いします。"
)


def deliver_digests() -> int:
    """Claim what is due for up to BATCH people, send each person one letter, and return how many
    messages were claimed.
    """
    return deliver(OutboxMessage.objects.claim_collected(BATCH), pack)


def pack(messages: Sequence[OutboxMessage], letters: Mapping[int, Letter]) -> list[Parcel]:
    """The messages by the letters that they belong to; they come in the order of these."""
    return [
        _parcel(list(together), letters)
        for _, together in groupby(messages, key=lambda message: message.digest_id)
    ]


def _parcel(messages: Sequence[OutboxMessage], letters: Mapping[int, Letter]) -> Parcel:
    first = messages[0]
    if first.digest is None:
        raise ValueError(f"message {first.pk} was claimed without its letter")
    hour = max(message.digest_at for message in messages if message.digest_at)
    entries = [letters[message.pk] for message in messages]
    letter = collected(first.person.name, entries, at=hour)
    return Parcel(messages, letter, first.digest.message_id)


def collected(name: str, letters: Sequence[Letter], *, at: datetime) -> Letter:
    """One letter to the person ``name`` that points to what each of ``letters`` is about."""
    hour = timezone.localtime(at)
    subject = f"OnePublic：お知らせ{len(letters)}件（{hour.month}月{hour.day}日 {hour.hour}時）"
    entries = [_entry(number, letter) for number, letter in enumerate(letters, start=1)]
    closing = CLOSING.format(address=settings.PORTAL_URL + reverse("mail_settings"))
    return Letter(subject, "\n\n".join([f"{name} 様", OPENING, *entries, closing]))


def _entry(number: int, letter: Letter) -> str:
    title, *facts = letter.entry or (letter.subject,)
    return "\n".join([f"{number}．{title}", *(f"　　{fact}" for fact in facts)])
