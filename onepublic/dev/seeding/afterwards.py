"""What happened to notices after their publication: one was corrected, one was withdrawn."""

from dataclasses import fields
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from accounts.audience import AudienceRule
from accounts.models import User
from notices.actions.correcting import begin_correction
from notices.actions.drafting import draft, edit, set_audience
from notices.actions.manuscript import PARTS, ContactLine, Manuscript
from notices.actions.publication import publish
from notices.actions.receiving import open_delivery
from notices.actions.review import submit_for_review
from notices.actions.withdrawing import withdraw
from notices.models import Notice, NoticeVersion
from notices.states import Category
from onepublic.dev.seeding.people import DOMAIN, KANAGAWA, KIYOKAWA, YOKOHAMA
from onepublic.dev.seeding.staff import Staff

TRAINING = "高齢者施設等における冬季の感染対策に関するオンライン研修の開催について"
CHANGES = {
    "11月27日（金）14時から15時30分まで": "11月30日（月）13時30分から15時まで",
    "各回3,000名": "各回5,000名",
}
REASON = "会場の都合により、日時と定員を改めました。"
CORRECTED_ON, MISTAKEN_ON, MORNING = date(2026, 11, 12), date(2026, 11, 11), time(10, 0)
DIVISION = "kansen-yobo"
MANUSCRIPT_COLUMNS = {field.name for field in fields(Manuscript)} - PARTS
MISTAKEN: dict[str, Any] = {
    "category": Category.ADMIN_MESSAGE,
    "title": "医療機関向け説明会の開催について（見本）",
    "issued_on": MISTAKEN_ON,
    "addressee_line": "関係団体 担当課 御中",
    "body": "【見本】標記の説明会を、令和８年12月１日（火）に開催します。",
    "contacts": [ContactLine(division="健康・生活衛生局感染症対策部予防接種課（見本）")],
    "notify_by_mail": False,
}


def load_afterwards(staff: Staff) -> None:
    """Both through the verbs that the screens call; each has readers among the named people."""
    _correct(Notice.objects.get(current_version__title=TRAINING))
    _withdraw(staff)


def _correct(notice: Notice) -> None:
    _read(notice, "tanaka", "yamamoto")
    drafter, old = notice.created_by, notice.versions.get()
    begin_correction(notice, by=drafter, reason=REASON, acknowledge_again=True)
    edit(notice, by=drafter, manuscript=_changed(old))
    submit_for_review(notice, by=drafter)
    approver = old.published_by
    if approver:
        publish(notice, by=approver, moment=_morning_of(CORRECTED_ON))


def _changed(old: NoticeVersion) -> Manuscript:
    body = old.body
    for before, after in CHANGES.items():
        body = body.replace(before, after)
    texts = {name: getattr(old, name) for name in MANUSCRIPT_COLUMNS}
    joint = [issuer.division for issuer in old.issuers.select_related("division")]
    contacts = [ContactLine(division=one.division) for one in old.contacts.all()]
    return Manuscript(**{**texts, "body": body}, joint_issuers=joint, contacts=contacts)


def _withdraw(staff: Staff) -> None:
    drafter, approver = staff.drafter(DIVISION), staff.approver(DIVISION)
    manuscript = Manuscript(**MISTAKEN)
    notice = draft(division=staff.division(DIVISION), by=drafter, manuscript=manuscript)
    codes = [KANAGAWA, YOKOHAMA, KIYOKAWA]
    set_audience(notice, by=drafter, rule=AudienceRule(codes=codes))
    submit_for_review(notice, by=drafter)
    publish(notice, by=approver, moment=_morning_of(MISTAKEN_ON))
    notice.refresh_from_db()
    _read(notice, "yamamoto")
    withdraw(notice, by=approver, reason="宛先に誤りがありました。改めてお知らせします。")


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))


def _read(notice: Notice, *names: str) -> None:
    for name in names:
        open_delivery(notice, by=User.objects.get(email=f"{name}@{DOMAIN}"))
