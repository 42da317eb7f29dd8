"""Giving the results of a survey back, and ending that."""

import hashlib
import json
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Organization, User
from onepublic.audit.models import record
from onepublic.core.errors import Refused, Stale, demand
from onepublic.mail.outbox import enqueue
from surveys.actions.holding import hold
from surveys.mail.releases import RELEASE_MAIL
from surveys.models import Release, Survey
from surveys.people import people_asked, windows_of
from surveys.permissions import may_run
from surveys.responses import questionnaire_of
from surveys.results.choosing import FEWEST, FEWEST_IN_PUBLIC, MOST, Choice, releasable
from surveys.results.counting import counted, latest_revision
from surveys.results.freezing import frozen
from surveys.results.frozen import Results, to_json
from surveys.states import ReleaseScope, SurveyState

NOT_CLOSED = "受付を終了した調査だけ、結果を公表できます。"
NO_QUESTIONS = "公表する設問を選んでください。"
NOT_RELEASABLE = "公表できない設問が選ばれています。画面を開き直してください。"
WRONG_BOUND = f"値を示す最少の団体数は、{FEWEST}から{MOST}までの数にしてください。"
WRONG_PUBLIC_BOUND = (
    f"公開用のリンクを作る場合、値を示す最少の団体数は{FEWEST_IN_PUBLIC}以上にしてください。"
)
TOO_FEW = "提出した団体が、値を示す最少の団体数より少ないため、公表できません。"
CHANGED = "確認の画面を開いた後に、提出された回答が変わりました。内容を確認し直してください。"
ENDED = "この公表は、既に終わっています。"


@transaction.atomic
def results_to_release(survey: Survey, *, by: User, choice: Choice) -> Results:
    """What would be released now; nothing is kept.

    Raises PermissionDenied for people who don't run the survey, Refused unless it is closed, for
    a question that can't be given back, a bound that is too low, or too few responses.
    """
    demand(may_run(by, survey))
    if survey.state != SurveyState.CLOSED:
        raise Refused(NOT_CLOSED)
    _check(survey, choice)
    found = counted(survey, choice.question_ids)
    if found.handed_in < choice.smallest_group:
        raise Refused(TOO_FEW)
    return frozen(found, choice.smallest_group)


def _check(survey: Survey, choice: Choice) -> None:
    sections = releasable(questionnaire_of(latest_revision(survey)))
    known = {question.id for _, asked in sections for question in asked}
    if not choice.question_ids:
        raise Refused(NO_QUESTIONS)
    if not set(choice.question_ids) <= known:
        raise Refused(NOT_RELEASABLE)
    if not FEWEST <= choice.smallest_group <= MOST:
        raise Refused(WRONG_BOUND)
    if choice.is_public and choice.smallest_group < FEWEST_IN_PUBLIC:
        raise Refused(WRONG_PUBLIC_BOUND)


def mark_of(results: Results) -> str:
    """A mark of the figures, which a page of them carries: equal figures, equal mark."""
    figures = to_json(results)
    del figures["head"]["taken_at"]
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def release_results(survey: Survey, *, by: User, choice: Choice, mark: str) -> Release:
    """Release what a page showed (``mark``) in place of what was released before; a public link
    stays where there was one. Those who may see it are told by mail.

    Raises what :func:`results_to_release` does, and Stale when the figures are others meanwhile.
    """
    held = hold(survey)
    results = results_to_release(held, by=by, choice=choice)
    if mark_of(results) != mark:
        raise Stale(CHANGED)
    before = held.releases.in_force().select_for_update().first()
    key = (before and before.public_key) or uuid4()
    if before:
        _end(before, by=by)
    last = held.releases.aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(
        survey=held,
        number=last + 1,
        scope=choice.scope,
        question_ids=list(choice.question_ids),
        smallest_group=choice.smallest_group,
        note=choice.note,
        figures=to_json(results),
        public_key=key if choice.is_public else None,
        released_by=by,
    )
    record(
        "survey.results_released",
        held,
        by=by,
        number=release.number,
        scope=str(choice.scope),
        smallest_group=choice.smallest_group,
        is_public=choice.is_public,
    )
    _tell(release)
    return release


@transaction.atomic
def end_release(release: Release, *, by: User) -> None:
    """Show it to nobody any more, also not under its public link.

    Raises PermissionDenied for people who don't run the survey, Stale when it has ended.
    """
    held = (
        Release.objects.select_for_update(of=["self"]).select_related("survey").get(pk=release.pk)
    )
    demand(may_run(by, held.survey))
    if held.ended_at is not None:
        raise Stale(ENDED)
    _end(held, by=by)
    record("survey.results_ended", held.survey, by=by, number=held.number)


def _end(release: Release, *, by: User) -> None:
    ended = {"ended_at": Now(), "ended_by": by, "public_key": None}
    Release.objects.filter(pk=release.pk).update(**ended)


def _tell(release: Release) -> None:
    """Whoever dealt with a response that was handed in, or with any, and the windows of those that
    have taken such an organization's place; with a release to all, the windows of the others too.
    Nobody is told twice.
    """
    asked = release.survey.assignments.counted()
    others = Organization.objects.in_force()
    if release.scope == ReleaseScope.ANSWERED:
        asked = asked.submitted()
        ended = asked.filter(organization__valid_to__lt=timezone.localdate())
        others = others.filter(predecessors__in=ended.values("organization"))
    else:
        others = others.exclude(assignments__survey=release.survey_id)
    for people in (people_asked(asked), windows_of(others)):
        enqueue(RELEASE_MAIL, subject_id=release.pk, people=people)
