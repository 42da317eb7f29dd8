"""Document numbers: each is used once a year, whoever typed it or pressed the button."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from notices.actions.locking import locked_for_editing, mark_written
from notices.models import IssuingRule, Notice, NoticeVersion, ReservedNumber
from notices.numbers import canonical, compose, parse_number
from notices.states import NoticeState
from onepublic.audit.models import record
from onepublic.core.errors import Refused
from onepublic.core.wareki import wareki

NO_SYMBOL = "{division}の文書番号の符号が登録されていません。「発出の設定」で登録してください。"
TAKEN = (
    "文書番号「{number}」は、{day}に{division}の{person}が取得しています。"
    "別の番号を入力してください。"
)


class NumberTaken(Refused):
    """Another notice of the year has the number; ``str(error)`` says who took it."""


@transaction.atomic
def give_number(notice: Notice, *, by: User, revision: int | None = None) -> str:
    """Put the next number of the division's symbol on the draft and return it.

    The running number is that of the year of issue. Raises PermissionDenied, Stale (see
    locked_for_editing), or Refused for a division without a symbol.
    """
    version = locked_for_editing(notice, by=by, revision=revision)
    rule = IssuingRule.objects.filter(division=version.notice.division_id).first()
    if rule is None or not rule.symbol:
        raise Refused(NO_SYMBOL.format(division=version.notice.division.full_name))
    release_typed_number(version)
    version.number = _next_number(version, rule.symbol, by=by)
    version.save(update_fields=["number"])
    mark_written(version, by=by)
    record("notice.numbered", version.notice, by=by, number=version.number)
    return version.number


def keep_number(version: NoticeVersion, *, by: User) -> None:
    """Hold the number that was typed; the caller has locked the notice.

    Raises NumberTaken when another notice of the year has it, or had it before it was withdrawn
    or discarded.
    """
    release_typed_number(version)
    if not canonical(version.number):
        return
    reserved, _ = _reserve(version, version.number, by=by)
    if reserved.notice_id != version.notice_id:
        raise NumberTaken(_taken(reserved))


def release_typed_number(version: NoticeVersion) -> None:
    """Let go of what a draft only typed. What the portal gave, and what was published, stays."""
    if version.notice.state == NoticeState.UNPUBLISHED:
        held = ReservedNumber.objects.filter(notice=version.notice_id, assigned=False)
        held.exclude(year=version.issued_on.year, key=canonical(version.number)).delete()


def _next_number(version: NoticeVersion, symbol: str, *, by: User) -> str:
    """The unique key decides between two who ask at once: the later one goes on to the next."""
    parts = parse_number(compose(symbol, version.issued_on, 1))
    used = ReservedNumber.objects.filter(
        year=version.issued_on.year, symbol=parts.symbol if parts else symbol
    )
    running = used.aggregate(last=Max("running"))["last"] or 0
    while True:
        running += 1
        number = compose(symbol, version.issued_on, running)
        if _reserve(version, number, by=by, assigned=True)[1]:
            return number


def _reserve(
    version: NoticeVersion, number: str, *, by: User, **facts: Any
) -> tuple[ReservedNumber, bool]:
    parts = parse_number(number)
    return ReservedNumber.objects.select_related("division", "reserved_by").get_or_create(
        year=version.issued_on.year,
        key=canonical(number),
        defaults={
            "number": number,
            "symbol": parts.symbol if parts else "",
            "running": parts.running if parts else None,
            "notice": version.notice,
            "division": version.notice.division,
            "reserved_by": by,
            **facts,
        },
    )


def _taken(reserved: ReservedNumber) -> str:
    return TAKEN.format(
        number=reserved.number,
        day=wareki(timezone.localdate(reserved.reserved_at), weekday=False),
        division=reserved.division.full_name,
        person=reserved.reserved_by.name,
    )
