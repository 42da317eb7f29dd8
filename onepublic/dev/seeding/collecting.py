"""What becomes of what was handed in: reminders before, then a prefecture's check and the
ministry's comments, returns and acceptances; and one response that a prefecture writes by proxy.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from onepublic.dev.seeding.dealings import first_number, person_named, plausible_values
from onepublic.dev.seeding.people import KANAGAWA, KIYOKAWA, YOKOHAMA, window_email
from onepublic.mail.models import OutboxMessage
from surveys.actions import (
    accept_responses,
    comment_on,
    plan_reminders,
    remind_on_plan,
    return_responses,
    save_answers,
)
from surveys.actions.prefecture_checks import confirm_responses, return_to_municipality
from surveys.actions.prefecture_rounds import RoundWords, write_round
from surveys.actions.proxies import begin_proxy
from surveys.actions.reminding import REMINDER_MAIL
from surveys.models import Assignment, Reminder, Survey
from surveys.querysets import AssignmentQuerySet
from surveys.reminding import USUAL_DAYS
from surveys.states import AssignmentState, PrefecturePart

MORNING = time(9, 0)
CONFIRMED_AFTER = timedelta(days=2)
"""What was handed in since still waits for its prefecture."""
ACCEPTED = 12
EARLIER = timedelta(days=7)
NOTE = (
    "県で内容を確認してから厚生労働省へ回します。県への期限までに提出してください（見本）。\n"
    "不明な点は、県健康危機・感染症対策課（見本）へお問い合わせください。"
)
COUNT_AGAIN = "前回の調査の値と大きく異なる設問があります。もう一度確かめてください（見本）。"
WHICH_DAY = "基準日の人数かどうか、確かめてください（見本）。"
COMMENT = "参考になる数値です。来年度も同じ数え方で回答してください（見本）。"
RETURNED = "非常勤の職員が含まれているかどうか、分かりません。提出し直してください（見本）。"
CONSENT = {
    "consent_by": "総務課長（見本）",
    "consent_how": "電話で確認",
    "reason": "大雨への対応に当たっているため、県が聞き取って入力する（見本）。",
}
BY_PROXY = 6
"""How many fields the prefecture has entered so far."""


def load_reminders() -> None:
    """Plan the usual reminders of the open surveys; what should have gone out by now, has."""
    for survey in Survey.objects.accepting().order_by("due_on", "pk"):
        plan_reminders(survey, by=survey.created_by, days=USUAL_DAYS)
        survey.refresh_from_db()
        for day in (survey.due_on + timedelta(days=days) for days in USUAL_DAYS):
            if survey.opens_on <= day < timezone.localdate():
                _remind(survey, day)


def load_collection() -> None:
    """In the open survey with the latest deadline, which prefectures check; nothing once that
    has passed: nothing can be given back for mending then.
    """
    checked = Survey.objects.accepting().filter(prefecture_part=PrefecturePart.CHECK)
    survey = checked.filter(due_on__gt=timezone.localdate()).order_by("due_on").last()
    if survey:
        _check_in_kanagawa(survey)
        _write_by_proxy(survey)
        _confirm_elsewhere(survey)
        _read_as_ministry(survey)


def _remind(survey: Survey, day: date) -> None:
    """As it was on that morning; without mail, the demo begins with what the named people were
    told of (see ``load_earlier_mail``).
    """
    remind_on_plan(survey, day)
    sent = Reminder.objects.filter(survey=survey, day=day)
    sent.update(sent_at=timezone.make_aware(datetime.combine(day, MORNING)))
    OutboxMessage.objects.filter(kind=REMINDER_MAIL, subject_id__in=sent.values("pk")).delete()


def _check_in_kanagawa(survey: Survey) -> None:
    """One is confirmed, the next one given back, the others wait; its own day is the earlier."""
    saito = person_named("saito")
    words = RoundWords(note=NOTE, due_on=survey.due_on - EARLIER)
    write_round(survey, by=saito, words=words, revision=0)
    handed_in = _in_kanagawa(survey, AssignmentState.SUBMITTED)
    receipts = [one.receipt_number for one in handed_in[:1] if one.receipt_number]
    confirm_responses(survey, by=saito, receipts=receipts)
    for one in handed_in[1:2]:
        remarks = {first_number(one): WHICH_DAY}
        return_to_municipality(one, by=saito, reason=COUNT_AGAIN, remarks=remarks)


def _write_by_proxy(survey: Survey) -> None:
    """The last town that had not begun agreed to it on the telephone."""
    saito = person_named("saito")
    for town in list(_in_kanagawa(survey, AssignmentState.NOT_STARTED))[-1:]:
        begin_proxy(town, by=saito, may_submit=True, **CONSENT)
        values = list(plausible_values(town).items())[:BY_PROXY]
        save_answers(town, by=saito, changes={key: (value, 0) for key, value in values})


def _in_kanagawa(survey: Survey, state: AssignmentState) -> AssignmentQuerySet:
    rows = Assignment.objects.with_survey().filter(survey=survey, state=state)
    here = rows.filter(organization__prefecture__code=KANAGAWA)
    others = here.exclude(organization__code__in=[YOKOHAMA, KIYOKAWA])
    return others.order_by("organization__code")


def _confirm_elsewhere(survey: Survey) -> None:
    """Other prefectures have confirmed all that they have had for some days."""
    waiting = survey.assignments.submitted().exclude(organization__prefecture__code=KANAGAWA)
    codes = waiting.values_list("organization__prefecture__code", flat=True)
    emails = [window_email(code) for code in set(codes) if code]
    for window in User.objects.filter(email__in=emails):
        confirm_responses(survey, by=window, before=timezone.now() - CONFIRMED_AFTER)


def _read_as_ministry(survey: Survey) -> None:
    """One answer got a comment, one response was given back, and some were accepted."""
    drafter = survey.created_by
    rows = Assignment.objects.with_survey().filter(survey=survey).to_accept()
    received = list(rows.order_by("organization__code")[: ACCEPTED + 2])
    for one in received[:1]:
        comment_on(one, by=drafter, question_id=first_number(one), text=COMMENT)
    for one in received[1:2]:
        remarks = {first_number(one): WHICH_DAY}
        return_responses(survey, [one.pk], by=drafter, reason=RETURNED, remarks=remarks)
    accept_responses(survey, [one.pk for one in received[2:]], by=drafter)
