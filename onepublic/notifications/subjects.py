"""What the mails of each kind are about, as far as the person may still see it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from accounts.mail import PASSWORD_RESET
from accounts.models import User
from notices.models import CoverNote, Delivery, Message, Notice, NoticeVersion, Nudge, Question
from notices.reminders import kind_of
from onepublic.addresses import addresses_of_surveys
from onepublic.audit.models import AuditEvent
from surveys.mail.releases import RELEASE_MAIL
from surveys.models import (
    Assignment,
    Compilation,
    ExtensionRequest,
    Inquiry,
    PrefectureRound,
    Release,
    Reminder,
    Survey,
)
from surveys.views.municipalities import area_page_of

_VERSION = "notice__current_version"


@dataclass(frozen=True, slots=True)
class Subject:
    """A title and the address of its page, empty when it has none for this person."""

    title: str
    url: str


def notices(user: User, versions: Collection[int]) -> dict[int, Subject]:
    """By primary key of the version that the mail told of."""
    seen = NoticeVersion.objects.filter(pk__in=versions, notice__in=Notice.objects.visible_to(user))
    return {
        version.pk: Subject(version.title, reverse("notices:detail", args=[version.notice_id]))
        for version in seen
    }


def handed_over(user: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the hand-over; where several notices were handed over, the first seen."""
    told = AuditEvent.objects.filter(pk__in=events).values_list("pk", "detail__deliveries")
    keys = dict(told)
    seen = Delivery.objects.filter(
        pk__in=[key for group in keys.values() for key in group],
        notice__in=Notice.objects.visible_to(user),
    ).select_related("notice__current_version")
    found = {delivery.pk: delivery for delivery in seen}
    firsts = {
        event: next((found[key] for key in group if key in found), None)
        for event, group in keys.items()
    }
    return {
        event: Subject(
            str(one.notice.current_version), reverse("notices:detail", args=[one.notice_id])
        )
        for event, one in firsts.items()
        if one
    }


def agreements(user: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the submission that asked a joint division; nothing once it is published."""
    told = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    drafts = NoticeVersion.objects.drafts().filter(
        notice__in=Notice.objects.visible_to(user).filter(pk__in=told.values())
    )
    titles = dict(drafts.values_list("notice", "title"))
    return {
        event: Subject(titles[notice], reverse("notices:agreement", args=[notice]))
        for event, notice in told.items()
        if notice in titles
    }


def withdrawn_notices(user: User, versions: Collection[int]) -> dict[int, Subject]:
    """By primary key of the version; the page says that it was taken back, and why."""
    taken_back = Notice.objects.withdrawn_from(user)
    seen = NoticeVersion.objects.filter(pk__in=versions, notice__in=taken_back)
    return {
        version.pk: Subject(version.title, reverse("notices:detail", args=[version.notice_id]))
        for version in seen
    }


def cover_notes(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the cover note."""
    seen = CoverNote.objects.visible_to(user).filter(pk__in=keys)
    return {note.pk: _of_notice(note.notice) for note in seen.select_related(_VERSION)}


def nudges(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the reminder."""
    seen = Nudge.objects.filter(pk__in=keys, notice__in=Notice.objects.visible_to(user))
    return {nudge.pk: _of_notice(nudge.notice) for nudge in seen.select_related(_VERSION)}


def questions(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the message in the thread."""
    seen = Message.objects.filter(pk__in=keys, question__in=Question.objects.visible_to(user))
    return {
        message.pk: Subject(
            _of_notice(message.question.notice).title,
            reverse("notices:question", args=[message.question.notice_id, message.question_id]),
        )
        for message in seen.select_related(f"question__{_VERSION}")
    }


def _of_notice(notice: Notice) -> Subject:
    title = notice.current_version.title if notice.current_version else ""
    return Subject(title, reverse("notices:detail", args=[notice.pk]))


def surveys(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the survey."""
    seen = dict(Survey.objects.visible_to(user).filter(pk__in=keys).values_list("pk", "title"))
    addresses = addresses_of_surveys(user, seen)
    return {key: Subject(title, addresses.get(key, "")) for key, title in seen.items()}


def courses_of_surveys(user: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the step (approval, return, revision, end) of a survey."""
    told = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    found = surveys(user, set(told.values()))
    return {event: found[key] for event, key in told.items() if key in found}


def responses(user: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the step (a part handed over, approval, return) of a response."""
    told = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    seen = Assignment.objects.visible_to(user).filter(pk__in=told.values())
    titles = dict(seen.values_list("pk", "survey__title"))
    return {
        event: Subject(titles[key], reverse("surveys:assignment", args=[key]))
        for event, key in told.items()
        if key in titles
    }


def returned_to_proxies(user: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the return, for who handed the response in by proxy: the list in which it
    may be begun anew.
    """
    told = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    seen = Assignment.objects.progress_visible_to(user).filter(pk__in=told.values())
    found = {
        each.pk: Subject(each.survey.title, area_page_of(user, each))
        for each in seen.select_related("survey", "organization")
    }
    return {event: found[key] for event, key in told.items() if key in found}


def prefecture_rounds(user: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the writing: a prefecture's words on a survey."""
    told = dict(AuditEvent.objects.filter(pk__in=events).values_list("pk", "target_id"))
    seen = PrefectureRound.objects.visible_to(user).filter(pk__in=told.values())
    titles = dict(seen.values_list("pk", "survey__title"))
    return {
        event: Subject(titles[key], reverse("surveys:assignments"))
        for event, key in told.items()
        if key in titles
    }


def extensions(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the request for more time: for who asks, and for who decides."""
    found = ExtensionRequest.objects.visible_to(user).filter(pk__in=keys)
    own = user.organization_ids()
    return {
        each.pk: Subject(
            each.assignment.survey.title,
            reverse("surveys:extension", args=[each.assignment_id])
            if each.assignment.organization_id in own
            else reverse("surveys:survey_extensions", args=[each.assignment.survey_id]),
        )
        for each in found.select_related("assignment__survey")
    }


def inquiries(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the inquiry: for who asked, and for who answers."""
    own = Inquiry.objects.of_organizations_of(user).filter(pk__in=keys)
    run = Inquiry.objects.run_by(user).filter(pk__in=keys)
    assigned = dict(
        Assignment.objects.for_organizations_of(user)
        .filter(survey__in=own.values("survey"))
        .order_by(F("succeeded_by").desc(nulls_last=True), "pk")
        .values_list("survey", "pk")
    )
    asked = {
        each.pk: Subject(
            each.survey.title, reverse("surveys:inquiries", args=[assigned[each.survey_id]])
        )
        for each in own.select_related("survey")
        if each.survey_id in assigned
    }
    return asked | {
        each.pk: Subject(
            each.survey.title, reverse("surveys:survey_inquiry", args=[each.survey_id, each.pk])
        )
        for each in run.select_related("survey")
    }


def reminders(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the round of reminders: what the person was asked for in it."""
    asked = Reminder.objects.filter(pk__in=keys, recipients__person=user)
    return {
        each.pk: Subject(each.survey.title, reverse("surveys:assignments"))
        for each in asked.select_related("survey")
    }


def releases(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the release."""
    seen = Release.objects.visible_to(user).filter(pk__in=keys)
    titles = seen.values_list("pk", "survey", "survey__title")
    return {
        key: Subject(title, reverse("surveys:results", args=[survey]))
        for key, survey, title in titles
    }


def compilations(user: User, keys: Collection[int]) -> dict[int, Subject]:
    """By primary key of the compilation."""
    seen = Compilation.objects.visible_to(user).filter(pk__in=keys)
    return {
        key: Subject(f"{title}（集計表）", reverse("surveys:compilation", args=[key]))
        for key, title in seen.values_list("pk", "survey__title")
    }


def trials(_: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the trial; the draft itself is found in the list of drafts."""
    return dict.fromkeys(events, Subject("発出前のテストメール", reverse("notices:drafts")))


def passwords(_: User, events: Collection[int]) -> dict[int, Subject]:
    """By the event of the request. The link to set a password stays in the mail alone."""
    return dict.fromkeys(events, Subject("パスワードの再設定の案内", ""))


KINDS: dict[str, tuple[str, Callable[[User, Collection[int]], dict[int, Subject]]]] = {
    "notice_published": ("通知の発出", notices),
    "notice_test": ("テストメール", trials),
    "notice_not_published": ("発出できなかった通知", notices),
    "notice_agreement_asked": ("連名への同意", agreements),
    "notice_handed_over": ("担当の引継ぎ", handed_over),
    "notice_corrected": ("通知の訂正", notices),
    "notice_withdrawn": ("通知の取下げ", withdrawn_notices),
    **{kind_of(days): ("期限のお知らせ", notices) for days in settings.REMINDER_DAYS},
    "saved_search": ("保存した検索", notices),
    "notice_nudge": ("開封・確認の催促", nudges),
    "cover_note_published": ("都道府県からの連絡", cover_notes),
    "question_asked": ("通知への質問", questions),
    "question_answered": ("質問への回答", questions),
    "survey_opened": ("回答の依頼", surveys),
    "survey_approval_asked": ("調査の決裁", courses_of_surveys),
    "survey_returned": ("調査の差戻し", courses_of_surveys),
    "survey_not_opened": ("受付を始められなかった調査", courses_of_surveys),
    "survey_publication_asked": ("調査票の改訂の決裁", courses_of_surveys),
    "survey_widened": ("回答の依頼", courses_of_surveys),
    "survey_revised": ("調査票の改訂", courses_of_surveys),
    "survey_reopened": ("調査の受付の再開", courses_of_surveys),
    "survey_cancelled": ("調査の中止", courses_of_surveys),
    "survey_gathering": ("回答の取りまとめ", responses),
    "survey_part": ("調査票の節の分担", responses),
    "response_approval_asked": ("回答の決裁", responses),
    "response_returned_inside": ("回答の差戻し", responses),
    "response_returned": ("提出した回答の差戻し", responses),
    "response_returned_to_proxy": ("代理で提出した回答の差戻し", returned_to_proxies),
    "prefecture_round": ("都道府県からの連絡（調査）", prefecture_rounds),
    "proxy_entry": ("代理入力", responses),
    "response_approved": ("回答の提出", responses),
    "survey_reminder": ("調査の督促", reminders),
    "extension_asked": ("期限の延長の申請", extensions),
    "extension_decided": ("期限の延長の決定", extensions),
    "survey_time_given": ("回答期限の延長", courses_of_surveys),
    "extensions_lapsed": ("決定しなかった期限の延長の申請", extensions),
    "inquiry_asked": ("調査への質問", inquiries),
    "inquiry_answered": ("調査への質問の回答", inquiries),
    RELEASE_MAIL: ("調査結果の公表", releases),
    "compilation_done": ("集計表の完成", compilations),
    "compilation_failed": ("集計表の作成の失敗", compilations),
    PASSWORD_RESET: ("アカウント", passwords),
}
"""Every kind of mail, by the name under which its app registers a renderer: label and finder."""
