"""What the demo has only after somebody used it, so that its pages have something to show."""

from base64 import b64decode
from datetime import timedelta
from functools import partial

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.actions.disasters import declare_disaster
from accounts.models import Organization, User
from accounts.permissions import may_declare_disasters
from accounts.states import Role
from onepublic.dev.models import DemoMail
from onepublic.dev.seeding.people import KIYOKAWA, NAMED_PEOPLE
from surveys.actions import (
    ask_for_approval,
    begin_revision,
    begin_survey,
    keep_template,
    open_survey,
    place_image,
    remind_now,
    request_compilation,
)
from surveys.actions.answer_books import upload_book
from surveys.authoring import Step, add_question
from surveys.forms.frame import initial_for_new
from surveys.models import Assignment, Survey
from surveys.offline import write_book
from surveys.permissions import may_answer
from surveys.responses import load_response
from surveys.states import PrefecturePart, SurveyState

_DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""An image of one point."""


def load_what_comes_later() -> None:
    """Compilations, reminders, responses that their prefecture checks, a disaster, a survey in each
    state of its preparation, a second round, an uploaded workbook and a mail in the post box.
    """
    for survey in Survey.objects.filter(opened_at__isnull=False):
        request_compilation(survey, by=survey.created_by)
    for survey in Survey.objects.filter(state=SurveyState.OPEN):
        remind_now(survey, by=survey.created_by)
    _let_prefectures_check()
    _declare_disaster()
    for person in NAMED_PEOPLE:
        _prepare_surveys(User.objects.get(email=person.email))
    for person in NAMED_PEOPLE:
        _upload_workbook(User.objects.get(email=person.email))
    DemoMail.objects.create(recipient="a@demo.example", subject="見本", text="見本\n" * 20)


def _let_prefectures_check() -> None:
    """In the newest open survey, where municipalities have handed in."""
    handed_in = (
        Assignment.objects.counted().submitted().filter(organization__prefecture__isnull=False)
    )
    surveys = Survey.objects.filter(state=SurveyState.OPEN, assignments__in=handed_in)
    Survey.objects.filter(pk=surveys.latest("pk").pk).update(prefecture_part=PrefecturePart.CHECK)


def _declare_disaster() -> None:
    people = (User.objects.get(email=person.email) for person in NAMED_PEOPLE)
    by = next(user for user in people if may_declare_disasters(user))
    stricken = Organization.objects.filter(code=KIYOKAWA)
    today = timezone.localdate()
    declare_disaster(by=by, name="豪雨", since=today, until=None, organizations=stricken)


def _prepare_surveys(user: User) -> None:
    """A drafter writes the next survey of the division with an image, keeps it as a template, has
    asked for the approval of another, revises the one that is open, and has opened a second round
    of one that is closed.
    """
    drafting = user.division_ids(Role.DRAFTER)
    source = Survey.objects.started().filter(division__in=drafting).first()
    if source is None:
        return
    drafted = _draft_like(source, user)
    keep_template(drafted.revisions.get(), by=user, name="次回の調査", shared=False)
    _put_image(drafted, user)
    ask_for_approval(_draft_like(source, user), by=user)
    if source.state == SurveyState.OPEN:
        begin_revision(source, by=user, reason="設問の意味を明らかにするため。")
    else:
        open_survey(_draft_like(source, user), by=user)


def _draft_like(source: Survey, user: User) -> Survey:
    due_on = timezone.localdate() + timedelta(days=30)
    frame = initial_for_new(source) | {"due_on": due_on, "notify_by_mail": False}
    return begin_survey(by=user, division=source.division, frame=frame, source=source)


def _put_image(survey: Survey, user: User) -> None:
    """At the head of the first section, where the first links of its page lead."""
    revision = survey.revisions.get()
    section = revision.document["sections"][0]["id"]

    def make(file: str) -> Step:
        return partial(add_question, type_="image", section=section, file=file, alt="図")

    image = ContentFile(b64decode(_DOT), name="図.png")
    place_image(revision, image, make, by=user, edit=revision.edit)


def _upload_workbook(user: User) -> None:
    """Give the workbook of the most urgent survey back as it is, where the person answers one."""
    asked = Assignment.objects.for_organizations_of(user).answerable().with_survey()
    first = asked.in_order_of_urgency().first()
    if first is not None and may_answer(user, first):
        with write_book(load_response(first), {}) as book:
            upload_book(first, by=user, uploaded=File(book, name="回答.xlsx"))
