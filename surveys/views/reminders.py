"""Reminders: the plan, who would be asked now, sending by hand, and who got what."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Disaster, User
from accounts.permissions import may_declare_disasters
from onepublic.core.errors import Refused, demand
from onepublic.core.pagination import Page, in_code_order
from onepublic.core.requests import Request
from onepublic.mail.models import OutboxMessage
from surveys.actions import plan_reminders, remind_now
from surveys.actions.reminding import REMINDER_MAIL
from surveys.forms.reminders import ReminderForm, ReminderPlanForm
from surveys.models import Assignment, Survey
from surveys.permissions import may_run
from surveys.reminding import REMINDED_STATES, Call, calls, in_words, owing, suspended
from surveys.states import ReminderRung
from surveys.views.checking import checked_survey
from surveys.views.survey_tabs import REMINDERS, survey_tabs

MOST_ROUNDS: Final = 50


@require_safe
def reminders(request: Request, survey_id: int) -> HttpResponse:
    """The plan, a preview of who would get one now, and the rounds that were sent."""
    survey = checked_survey(request, survey_id)
    return _page(request, survey)


@require_POST
def plan(request: Request, survey_id: int) -> HttpResponse:
    """Set the days."""
    survey = checked_survey(request, survey_id)
    demand(may_run(request.user, survey))
    form = ReminderPlanForm(request.POST)
    if not form.is_valid():
        return _page(request, survey, plan_form=form)
    plan_reminders(survey, by=request.user, days=form.cleaned_data["days"])
    messages.success(request, "督促する日を保存しました。")
    return redirect("surveys:reminders", survey.pk)


@require_POST
def sending(request: Request, survey_id: int) -> HttpResponse:
    """Remind all who owe, now."""
    survey = checked_survey(request, survey_id)
    demand(may_run(request.user, survey))
    form = ReminderForm(request.POST)
    if not form.is_valid():
        return _page(request, survey, form=form)
    try:
        sent = remind_now(survey, by=request.user, text=form.cleaned_data["text"])
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("surveys:reminders", survey.pk)
    people = sent.recipients.values("person").distinct().count()
    messages.success(request, f"{people:,}人に督促のメールを送ります。")
    return redirect("surveys:reminder", survey.pk, sent.pk)


@require_safe
def reminder(request: Request, survey_id: int, reminder_id: int) -> HttpResponse:
    """Who got what in one round."""
    survey = checked_survey(request, survey_id)
    found = get_object_or_404(survey.reminders.select_related("sent_by"), pk=reminder_id)
    asked = Assignment.objects.filter(pk__in=found.recipients.values("assignment"))
    page = in_code_order(
        asked.select_related("organization", "survey", "succeeded_by__organization"),
        path="organization__code",
        after=request.GET.get("after", ""),
    )
    got = found.recipients.filter(assignment__in=[row.pk for row in page.rows])
    mail = OutboxMessage.objects.filter(kind=REMINDER_MAIL, subject_id=found.pk)
    states = {message.person_id: message.get_state_display() for message in mail}
    people: dict[int, list[dict[str, Any]]] = {row.pk: [] for row in page.rows}
    for each in got.select_related("person").order_by("pk"):
        state = states.get(each.person_id, "")
        line = {"name": each.person.name, "rung": each.get_rung_display(), "mail": state}
        people[each.assignment_id].append(line)
    context = {
        "survey": survey,
        "reminder": found,
        "when": _when(found.days),
        "rows": [(row, people[row.pk]) for row in page.rows],
        "after": page.next_cursor,
    }
    return render(request, "surveys/reminder.html", context)


def _page(
    request: Request,
    survey: Survey,
    *,
    plan_form: ReminderPlanForm | None = None,
    form: ReminderForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    owed = owing(survey, today)
    asked = calls(owed)
    rounds = survey.reminders.select_related("sent_by").annotate(
        organizations=Count("recipients__assignment", distinct=True),
        people=Count("recipients__person", distinct=True),
    )
    user = request.user
    context = {
        "survey": survey,
        "tabs": survey_tabs(user, survey, REMINDERS),
        "may_run": may_run(user, survey),
        "may_send": survey.state in REMINDED_STATES,
        "plan_form": plan_form or ReminderPlanForm(initial={"days": survey.reminder_days}),
        "planned": [in_words(day) for day in survey.reminder_days],
        "form": form or ReminderForm(),
        "suspended_count": suspended(survey, today).count(),
        "disasters": list(Disaster.objects.in_force(today).order_by("-since")),
        "may_declare": may_declare_disasters(user),
        "rounds": [(each, _when(each.days)) for each in rounds.order_by("-pk")[:MOST_ROUNDS]],
        **_preview(
            in_code_order(
                owed.select_related("organization", "survey"),
                path="organization__code",
                after=request.GET.get("after", ""),
            ),
            asked,
        ),
    }
    wrong = (plan_form or form) is not None
    return render(request, "surveys/reminders.html", context, status=422 if wrong else 200)


def _preview(page: Page[Assignment], asked: Collection[Call]) -> dict[str, Any]:
    """The organizations of one page with whom they would be asked by, and how many in all."""
    people = _people_of(page.rows, asked)
    rungs = Counter(each.rung for each in {(c.assignment_id, c.rung): c for c in asked}.values())
    return {
        "rows": [(row, people.get(row.pk, [])) for row in page.rows],
        "after": page.next_cursor,
        "organization_count": len({each.assignment_id for each in asked}),
        "people_count": len({each.person_id for each in asked}),
        "rungs": [(rung.label, rungs[rung]) for rung in ReminderRung if rungs[rung]],
    }


def _people_of(
    rows: Sequence[Assignment], asked: Collection[Call]
) -> dict[int, list[tuple[str, str]]]:
    shown = {row.pk for row in rows}
    here = [each for each in asked if each.assignment_id in shown]
    names = User.objects.in_bulk({each.person_id for each in here})
    found: dict[int, list[tuple[str, str]]] = {key: [] for key in shown}
    for each in here:
        found[each.assignment_id].append((names[each.person_id].name, str(each.rung.label)))
    return found


def _when(days: int | None) -> str:
    return "手動" if days is None else in_words(days)
