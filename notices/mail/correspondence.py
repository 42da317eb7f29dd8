"""The mail around a published notice: cover notes, reminders, questions and their answers.

Each is a pointer to a page, never its content; what belongs to a withdrawn notice is not sent.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet

from notices.models import CoverNote, Message, NoticeVersion, Nudge
from notices.states import NoticeState, NudgeAim
from onepublic.core.wareki import wareki
from onepublic.mail.rendering import FOOTER, Letter, Renderer, register, to_each

TITLE = "件名："
STILL = {
    NudgeAim.UNOPENED: "次の通知が、まだ開封されていません。内容の確認をお願いします。",
    NudgeAim.UNACKNOWLEDGED: "次の通知が、まだ確認済みになっていません。内容の確認をお願いします。",
}


def _pointing(rows: "QuerySet[Any]", write: Callable[[Any], Letter], notice: str) -> Renderer:
    """A renderer for messages about ``rows``, whose notice stands at the path ``notice``; one
    query for all. ``write`` gives the letter without its greeting.
    """
    standing = rows.filter(**{f"{notice}__state": NoticeState.PUBLISHED})
    return to_each(standing.in_bulk, write)


def _cover_note(note: CoverNote) -> Letter:
    prefecture, renewed = note.prefecture.full_name, "の更新" if note.is_renewed else ""
    facts = _facts(note)
    if note.due_on:
        facts.append(f"{prefecture}への期限：{wareki(note.due_on)}")
    return _letter(
        f"{prefecture}からの連絡{renewed}：{_version(note).title}",
        f"{prefecture}から、次の通知についての連絡{renewed}がありました。",
        facts,
        _page(note),
    )


def _nudge(nudge: Nudge) -> Letter:
    version, facts = _version(nudge), _facts(nudge)
    if version.due_on:
        facts.append(f"対応の期限：{wareki(version.due_on)}")
    facts.append(f"この催促の送り主：{nudge.sender.full_name}")
    opening = STILL[NudgeAim(nudge.aim)]
    return _letter(f"【確認のお願い】{version.title}", opening, facts, _page(nudge))


def _asked(message: Message) -> Letter:
    question = message.question
    return _letter(
        f"通知への質問：{_version(question).title}",
        "発出した通知に、質問がありました。",
        [*_facts(question), f"質問した団体：{question.organization.full_name}"],
        _thread(message),
    )


def _answered(message: Message) -> Letter:
    question = message.question
    return _letter(
        f"質問への回答：{_version(question).title}",
        "通知についての質問に、発出元から回答がありました。",
        _facts(question),
        _thread(message),
    )


def _letter(subject: str, opening: str, facts: Sequence[str], address: str) -> Letter:
    """Among others in one letter the subject stands for the title."""
    text = "\n".join([opening, "", *facts, "", address, "", FOOTER])
    short = [fact for fact in facts if not fact.startswith(TITLE)]
    return Letter(f"［OnePublic］{subject}", text, (subject, *short, address))


def _version(subject: Any) -> NoticeVersion:
    version: NoticeVersion = subject.notice.current_version
    return version


def _facts(subject: Any) -> list[str]:
    version = _version(subject)
    return [
        f"文書番号：{version.number or 'なし'}",
        f"{TITLE}{version.title}",
        f"発出元：{subject.notice.division.full_name}",
    ]


def _page(subject: Any) -> str:
    return f"{settings.PORTAL_URL}/notices/{subject.notice_id}/"


def _thread(message: Message) -> str:
    return f"{_page(message.question)}questions/{message.question_id}/"


def _with_notice(model: type[Model], path: str, *others: str) -> "QuerySet[Any]":
    related = (f"{path}__current_version", f"{path}__division__parent", *others)
    return model._default_manager.select_related(*related)


ABOUT_MESSAGES = _with_notice(Message, "question__notice", "question__organization")
register(
    "cover_note_published",
    _pointing(_with_notice(CoverNote, "notice", "prefecture"), _cover_note, "notice"),
)
register("notice_nudge", _pointing(_with_notice(Nudge, "notice", "sender"), _nudge, "notice"))
register("question_asked", _pointing(ABOUT_MESSAGES, _asked, "question__notice"))
register("question_answered", _pointing(ABOUT_MESSAGES, _answered, "question__notice"))
