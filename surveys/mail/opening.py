"""The mail that says that a survey is open: a pointer, never the questions."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register
from surveys.models import Assignment, Survey
from surveys.states import SurveyState


def survey_opened(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """A letter for each message whose survey still takes answers; the subject is the survey."""
    surveys = Survey.objects.select_related("division__parent").in_bulk(
        {message.subject_id for message in messages}
    )
    assignments = _assignments(messages)
    return {
        message.pk: _letter(survey, assignments.get((survey.pk, message.person_id)))
        for message in messages
        if (survey := surveys.get(message.subject_id)) and survey.state == SurveyState.OPEN
    }


def _assignments(messages: Sequence[OutboxMessage]) -> dict[tuple[int, int], int]:
    person = "organization__divisions__memberships__user"
    found = (
        Assignment.objects.counted()
        .filter(
            **{
                "survey__in": {m.subject_id for m in messages},
                f"{person}__in": {m.person_id for m in messages},
            }
        )
        .values_list("survey", person, "pk")
    )
    return {(survey, user): assignment for survey, user, assignment in found}


def _letter(survey: Survey, assignment_id: int | None) -> Letter:
    path = (
        reverse("surveys:assignment", args=[assignment_id])
        if assignment_id
        else reverse("surveys:assignments")
    )
    address = f"{settings.PORTAL_URL}{path}"
    facts = (
        f"実施：{survey.division.full_name}",
        f"回答期限：{wareki(survey.due_on)}",
    )
    text = (
        "次の調査への回答をお願いします。\n\n"
        f"調査名：{survey.title}\n{facts[0]}\n{facts[1]}\n\n"
        "調査票と回答の画面は、次のページにあります（ログインが必要です）。\n"
        f"{address}\n\n"
        "このメールは自動で送信しています。返信されても受け取れません。\n"
    )
    title = f"【回答依頼】{survey.title}"
    return Letter(subject=f"［OnePublic］{title}", text=text, entry=(title, *facts, address))


register("survey_opened", survey_opened)
