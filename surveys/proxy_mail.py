"""The mail about writing by proxy: that it has begun, or that it is over."""

from collections.abc import Collection
from typing import NamedTuple

from django.urls import reverse

from onepublic.audit.models import AuditEvent
from onepublic.core.wareki import wareki
from onepublic.mail.rendering import Letter, register
from surveys.letters import pointer, to_each, told_of
from surveys.models import Assignment

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


register("proxy_entry", to_each(_steps, _letter))
