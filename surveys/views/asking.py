"""What every page about a survey's questions begins with: the survey and its questions."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from surveys.models import QuestionnaireRevision, Survey
from surveys.permissions import can_follow_surveys, may_weigh_questions
from surveys.questionnaire import Questionnaire, parse_questionnaire

LOOKS = (("surveys:preview", "プレビュー"), ("surveys:flow", "設問の流れ"))
LOOKS_OF_AUTHORS = (("survey_burden", "回答の負担"), ("surveys:likeness", "似た設問"))


def asked_survey(user: User, survey_id: int) -> Survey:
    """The survey, or 404 for those who may not see it or follow no surveys at all."""
    if not can_follow_surveys(user):
        raise Http404
    rows = Survey.objects.visible_to(user).select_related("division__parent", "division")
    return get_object_or_404(rows, pk=survey_id)


def questions_in_hand(user: User, survey: Survey) -> Questionnaire:
    """The questions as they were last written, for the division that runs the survey; for
    others as they were last asked. Of a draft only auditors are others.
    """
    revisions: list[QuestionnaireRevision] = list(survey.revisions.order_by("-number"))
    if survey.opened_at and survey.division_id not in user.division_ids():
        revisions = [each for each in revisions if each.published_at]
    if not revisions:
        raise Http404
    return parse_questionnaire(revisions[0].document, draft=True)


def look_tabs(user: User, survey: Survey, current: str) -> list[dict[str, object]]:
    """The ways of looking at the questions of a survey that are open to the person, for
    ``components/tabs.html``.
    """
    looks = LOOKS + LOOKS_OF_AUTHORS if may_weigh_questions(user) else LOOKS
    return [
        {"label": label, "url": reverse(name, args=[survey.pk]), "current": name == current}
        for name, label in looks
    ]
