"""Letters about a section that one division of an organization hands to another, or back."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from accounts.models import Division
from onepublic.audit.models import AuditEvent
from onepublic.core.wareki import wareki
from onepublic.mail.models import OutboxMessage
from onepublic.mail.rendering import Letter, register
from surveys.models import Assignment
from surveys.responses import questionnaire_of
from surveys.states import SurveyState

PART_MAIL = "survey_part"
_WORDS = {
    "section.handed": ("節の入力の依頼", "{by}さんから、次の節の入力を依頼されました。"),
    "section.returned": ("節の返却", "{division}の{by}さんが、次の節を戻しました。"),
    "section.taken_back": ("節の引取り", "{by}さんが、次の節を引き取りました。"),
}


def part_letters(messages: Sequence[OutboxMessage]) -> dict[int, Letter]:
    """To the other side; the subject is the event. The note stays on the page; nothing is said of
    a survey that takes no answers any more.
    """
    events = AuditEvent.objects.select_related("actor").in_bulk({m.subject_id for m in messages})
    assignments = Assignment.objects.with_survey().in_bulk({e.target_id for e in events.values()})
    divisions = Division.objects.in_bulk({e.detail["division"] for e in events.values()})
    letters = {
        key: _letter(event, assignments[event.target_id], divisions[event.detail["division"]])
        for key, event in events.items()
        if event.target_id in assignments
        and assignments[event.target_id].survey.state == SurveyState.OPEN
    }
    return {m.pk: letters[m.subject_id] for m in messages if m.subject_id in letters}


def _letter(event: AuditEvent, assignment: Assignment, division: Division) -> Letter:
    subject, sentence = _WORDS[event.action]
    section_id = event.detail["section"]
    sections = questionnaire_of(assignment.revision).sections
    title = next((each.title for each in sections if each.id == section_id), "")
    path = reverse("surveys:part", args=[assignment.pk, section_id])
    address = f"{settings.PORTAL_URL}{path}"
    facts = (f"節：{title}", f"回答期限：{wareki(assignment.due_on)}")
    by = event.actor.name if event.actor else ""
    text = (
        f"{sentence.format(by=by, division=division.name)}\n\n"
        f"調査名：{assignment.survey.title}\n{facts[0]}\n{facts[1]}\n\n"
        "連絡事項と入力の画面は、次のページにあります（ログインが必要です）。\n"
        f"{address}\n\n"
        "このメールは自動で送信しています。返信されても受け取れません。\n"
    )
    heading = f"【{subject}】{assignment.survey.title}"
    return Letter(f"［OnePublic］{heading}", text, (heading, *facts, address))


register(PART_MAIL, part_letters)
