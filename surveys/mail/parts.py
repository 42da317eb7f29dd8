"""Letters about what one division of an organization hands to another, or back: a section, or
the whole response.
"""

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

PART_MAIL = "survey_part"
GATHERING_MAIL = "survey_gathering"
_WORDS = {
    "section.handed": ("節の入力の依頼", "{by}さんから、次の節の入力を依頼されました。"),
    "section.returned": ("節の返却", "{division}の{by}さんが、次の節を戻しました。"),
    "section.taken_back": ("節の引取り", "{by}さんが、次の節を引き取りました。"),
    "assignment.handed": (
        "取りまとめの依頼",
        "{by}さんから、次の調査の回答の取りまとめを依頼されました。",
    ),
    "assignment.handed_back": (
        "取りまとめの返却",
        "{division}の{by}さんが、次の調査の回答の取りまとめを窓口に戻しました。",
    ),
    "assignment.taken_back": (
        "取りまとめの引取り",
        "{by}さんが、次の調査の回答の取りまとめを引き取りました。",
    ),
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
        if event.target_id in assignments and assignments[event.target_id].is_awaited
    }
    return {m.pk: letters[m.subject_id] for m in messages if m.subject_id in letters}


def _letter(event: AuditEvent, assignment: Assignment, division: Division) -> Letter:
    subject, sentence = _WORDS[event.action]
    what, path = _place(event, assignment)
    address = f"{settings.PORTAL_URL}{path}"
    facts = (*what, f"回答期限：{wareki(assignment.due_on)}")
    by = event.actor.name if event.actor else ""
    lines = (
        f"{sentence.format(by=by, division=division.name)}\n",
        f"調査名：{assignment.survey.title}",
        *facts,
        "\n連絡事項と入力の画面は、次のページにあります（ログインが必要です）。",
        f"{address}\n",
        "このメールは自動で送信しています。返信されても受け取れません。\n",
    )
    heading = f"【{subject}】{assignment.survey.title}"
    return Letter(f"［OnePublic］{heading}", "\n".join(lines), (heading, *facts, address))


def _place(event: AuditEvent, assignment: Assignment) -> tuple[list[str], str]:
    """The section in words, if it is about one, and the path of the page."""
    section_id = event.detail.get("section")
    if section_id is None:
        return [], reverse("surveys:gathering", args=[assignment.pk])
    sections = questionnaire_of(assignment.revision).sections
    title = next((each.title for each in sections if each.id == section_id), "")
    return [f"節：{title}"], reverse("surveys:part", args=[assignment.pk, section_id])


register(PART_MAIL, part_letters)
register(GATHERING_MAIL, part_letters)
