"""Letters about the course of a survey, each about the event that it tells of."""

from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse

from onepublic.audit.models import AuditEvent
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register
from surveys.models import Survey
from surveys.revision_effects import revision_in_hand
from surveys.states import SurveyState

Lines = list[str]
Write = Callable[[Survey, AuditEvent], tuple[str, Lines] | None]
FOOT = "このメールは自動で送信しています。返信されても受け取れません。"


def about_event(write: Write) -> Callable[[Sequence[OutboxMessage]], dict[int, Letter]]:
    """A renderer of messages whose subject is an event; ``write`` gives title and lines, or None
    for what has been overtaken and must not go any more.
    """

    def render(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
        events = AuditEvent.objects.in_bulk({message.subject_id for message in messages})
        surveys = Survey.objects.select_related("division__parent", "submitted_by").in_bulk(
            {event.target_id for event in events.values()}
        )
        letters = {}
        for message in messages:
            event = events.get(message.subject_id)
            survey = surveys.get(event.target_id) if event else None
            if event and survey and (written := write(survey, event)):
                letters[message.pk] = _letter(*written)
        return letters

    return render


def _letter(title: str, lines: Lines) -> Letter:
    text = "\n".join([*lines, "", FOOT, ""])
    return Letter(subject=f"［OnePublic］{title}", text=text, entry=(title, *filter(None, lines)))


def _own_page(survey: Survey) -> str:
    return f"{settings.PORTAL_URL}{reverse('surveys:survey', args=[survey.pk])}"


def _organizations_page() -> str:
    return f"{settings.PORTAL_URL}{reverse('surveys:assignments')}"


def _facts(survey: Survey) -> Lines:
    return [f"調査名：{survey.title}", f"実施：{survey.division.full_name}"]


def approval_asked(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To the approvers of the division, as long as it waits."""
    if survey.state != SurveyState.IN_REVIEW:
        return None
    by = survey.submitted_by.name if survey.submitted_by else ""
    return f"【決裁の依頼】{survey.title}", [
        "次の調査の決裁が求められています。",
        "",
        *_facts(survey),
        f"決裁を求めた人：{by}",
        f"受付の開始日：{wareki(survey.opens_on)}",
        f"回答期限：{wareki(survey.due_on)}",
        "",
        _own_page(survey),
    ]


def publication_asked(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To the approvers without a hand in the revision, as long as it is in hand."""
    revision = revision_in_hand(survey)
    if survey.state != SurveyState.OPEN or not revision:
        return None
    if revision.number != event.detail["revision"]:
        return None
    return f"【調査票の改訂の決裁の依頼】{survey.title}", [
        "次の調査の調査票を改訂しました。公開の決裁が求められています。",
        "",
        *_facts(survey),
        f"改訂の理由：{revision.reason}",
        "",
        f"{settings.PORTAL_URL}{reverse('surveys:revision_publication', args=[survey.pk])}",
    ]


def returned(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To whoever asked for the approval."""
    return f"【差戻し】{survey.title}", [
        "次の調査が差し戻されました。",
        "",
        *_facts(survey),
        f"理由：{event.detail['reason']}",
        "",
        _own_page(survey),
    ]


def not_opened(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To those who prepared and approved what could not be opened on its day."""
    return f"【受付を始められませんでした】{survey.title}", [
        "予定した日に、次の調査の受付を始められませんでした。起案者に差し戻しています。",
        "",
        *_facts(survey),
        f"理由：{event.detail['reason']}",
        "",
        _own_page(survey),
    ]


def widened(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To the windows that are asked later than the others."""
    if survey.state != SurveyState.OPEN:
        return None
    return f"【回答依頼】{survey.title}", [
        "次の調査への回答をお願いします。",
        "",
        *_facts(survey),
        f"回答期限：{wareki(survey.due_on)}",
        "",
        _organizations_page(),
    ]


def cancelled(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To everybody asked: nothing has to be answered any more."""
    return f"【調査の中止】{survey.title}", [
        "次の調査を中止しました。回答していただく必要はありません。",
        "入力又は提出された内容は、そのまま保存しています。",
        "",
        *_facts(survey),
        f"中止の理由：{event.detail['reason']}",
        "",
        _organizations_page(),
    ]


def reopened(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To those who have not handed in; silent when it was closed again meanwhile."""
    if survey.state != SurveyState.OPEN:
        return None
    return f"【受付の再開】{survey.title}", [
        "次の調査の受付を再開しました。未提出の場合は、回答をお願いします。",
        "",
        *_facts(survey),
        f"新しい回答期限：{wareki(survey.due_on)}",
        "",
        _organizations_page(),
    ]


def time_given(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To those who have more time without having asked for it."""
    if survey.state == SurveyState.CANCELLED:
        return None
    return f"【回答期限の延長】{survey.title}", [
        "次の調査の貴機関の回答期限を延ばしました。申請の手続は要りません。",
        "",
        *_facts(survey),
        f"新しい回答期限：{wareki(date.fromisoformat(event.detail['until']))}",
        f"延長の理由：{event.detail['reason']}",
        "",
        _organizations_page(),
    ]


def revised(survey: Survey, event: AuditEvent) -> tuple[str, Lines] | None:
    """To those whose answers a new revision of the questionnaire touches; what has to be done is
    told at each question.
    """
    if survey.state != SurveyState.OPEN:
        return None
    return f"【調査票の改訂】{survey.title}", [
        "次の調査の調査票を改訂しました。貴機関の回答に影響があります。",
        "提出済みの回答は、差し戻しています。指摘を確かめて、もう一度提出してください。",
        "",
        *_facts(survey),
        f"改訂の理由：{event.detail['reason']}",
        "",
        _organizations_page(),
    ]


register("survey_approval_asked", about_event(approval_asked))
register("survey_publication_asked", about_event(publication_asked))
register("survey_returned", about_event(returned))
register("survey_not_opened", about_event(not_opened))
register("survey_widened", about_event(widened))
register("survey_cancelled", about_event(cancelled))
register("survey_reopened", about_event(reopened))
register("survey_time_given", about_event(time_given))
register("survey_revised", about_event(revised))
