"""The mail between a prefecture and its municipalities: writing by proxy, and what a prefecture has
to say of a survey.
"""

from collections.abc import Collection
from typing import NamedTuple

from django.urls import reverse

from onepublic.audit.models import AuditEvent
from onepublic.core.wareki import wareki
from onepublic.mail.rendering import Letter, register, to_each
from surveys.mail.pointers import pointer, told_of
from surveys.models import Assignment, PrefectureRound
from surveys.states import AssignmentState, SurveyState

_WORDS = {
    "assignment.proxy_begun": (
        "代理入力の開始",
        "貴機関の同意に基づいて、次の調査の回答を、都道府県が代理で入力します。"
        "代理入力は、回答の画面で、いつでも終わらせることができます。",
    ),
    "assignment.proxy_ended": (
        "代理入力の終了",
        "次の調査の回答について、都道府県による代理入力を終えました。",
    ),
}


class _Told(NamedTuple):
    event: AuditEvent
    assignment: Assignment


def _steps(keys: Collection[int]) -> dict[int, _Told]:
    events = AuditEvent.objects.in_bulk(keys)
    return {key: _Told(events[key], asked) for key, asked in told_of(keys).items()}


def _letter(told: _Told) -> Letter:
    title, sentence = _WORDS[told.event.action]
    # The end is told to the prefecture as well, which may not see the response any more.
    has_ended = told.event.action == "assignment.proxy_ended"
    page = reverse("surveys:assignment", args=[told.assignment.pk])
    return pointer(
        told.assignment.survey,
        title=title,
        sentence=sentence,
        facts=[
            f"機関：{told.assignment.organization.full_name}",
            f"回答期限：{wareki(told.assignment.due_on)}",
        ],
        path=reverse("home") if has_ended else page,
    )


def _returned(assignment: Assignment) -> Letter | None:
    """To who handed it in by proxy, and may not see it any more: where to go on from."""
    if assignment.state != AssignmentState.RETURNED:
        return None
    area = reverse("surveys:municipalities", args=[assignment.survey_id])
    prefecture = assignment.organization.prefecture
    return pointer(
        assignment.survey,
        title="代理で提出した回答の差戻し",
        sentence="代理で提出された次の調査の回答が、市区町村に差し戻されました。"
        "代理入力は提出をもって終わっています。続けて代理で入力するときは、"
        "市区町村の同意をあらためて得て、管内の市区町村の画面から始めてください。",
        facts=[
            f"機関：{assignment.organization.full_name}",
            f"回答期限：{wareki(assignment.due_on)}",
        ],
        path=f"{area}?prefecture={prefecture.code}" if prefecture else area,
    )


def _rounds(keys: Collection[int]) -> dict[int, PrefectureRound]:
    targets = dict(AuditEvent.objects.filter(pk__in=keys).values_list("pk", "target_id"))
    rounds = PrefectureRound.objects.select_related("survey", "prefecture")
    found = rounds.in_bulk(set(targets.values()))
    return {key: found[target] for key, target in targets.items() if target in found}


def _said(said: PrefectureRound) -> Letter | None:
    if said.survey.state != SurveyState.OPEN:
        return None
    day = [f"都道府県への期限：{wareki(said.due_on)}"] if said.due_on else []
    return pointer(
        said.survey,
        title="都道府県からの連絡",
        sentence=f"次の調査について、{said.prefecture.name}から連絡があります。",
        facts=[*day, f"回答期限：{wareki(said.survey.due_on)}"],
        path=reverse("surveys:assignments"),
    )


register("prefecture_round", to_each(_rounds, _said))
register("proxy_entry", to_each(_steps, _letter))
register("response_returned_to_proxy", to_each(told_of, _returned))
