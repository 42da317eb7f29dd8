"""What the demo has only after somebody used it, so that its pages have something to show."""

from datetime import timedelta

from django.core.files import File
from django.utils import timezone

from accounts.models import User
from accounts.states import Role
from onepublic.dev.models import DemoMail
from onepublic.dev.seeding.people import NAMED_PEOPLE
from surveys.actions import (
    ask_for_approval,
    begin_revision,
    begin_survey,
    open_survey,
    request_compilation,
)
from surveys.actions.answer_books import upload_book
from surveys.forms.frame import initial_for_new
from surveys.models import Assignment, Survey
from surveys.offline import write_book
from surveys.permissions import may_answer
from surveys.responses import load_response
from surveys.states import SurveyState


def load_what_comes_later() -> None:
    """Compilations, a survey in each state of its preparation, a second round, an uploaded answer
    workbook and a mail in the post box.
    """
    for survey in Survey.objects.filter(opened_at__isnull=False):
        request_compilation(survey, by=survey.created_by)
    for person in NAMED_PEOPLE:
        _prepare_surveys(User.objects.get(email=person.email))
    for person in NAMED_PEOPLE:
        _upload_workbook(User.objects.get(email=person.email))
    DemoMail.objects.create(recipient="a@demo.example", subject="見本", text="見本\n" * 20)


def _prepare_surveys(user: User) -> None:
    """A drafter writes the next survey of the division, has asked for the approval of another,
    revises the one that is open, and has opened a second round of one that is closed.
    """
    drafting = user.division_ids(Role.DRAFTER)
    source = Survey.objects.started().filter(division__in=drafting).first()
    if source is None:
        return
    _draft_like(source, user)
    ask_for_approval(_draft_like(source, user), by=user)
    if source.state == SurveyState.OPEN:
        begin_revision(source, by=user, reason="設問の意味を明らかにするため。")
    else:
        open_survey(_draft_like(source, user), by=user)


def _draft_like(source: Survey, user: User) -> Survey:
    due_on = timezone.localdate() + timedelta(days=30)
    frame = initial_for_new(source) | {"due_on": due_on, "notify_by_mail": False}
    return begin_survey(by=user, division=source.division, frame=frame, source=source)


def _upload_workbook(user: User) -> None:
    """Give the workbook of the most urgent survey back as it is, where the person answers one."""
    asked = Assignment.objects.for_organizations_of(user).answerable().with_survey()
    first = asked.in_order_of_urgency().first()
    if first is not None and may_answer(user, first):
        with write_book(load_response(first), {}) as book:
            upload_book(first, by=user, uploaded=File(book, name="回答.xlsx"))
