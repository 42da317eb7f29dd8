"""Autosave: changed fields come as JSON, what follows from them goes back as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from onepublic.core.errors import Refused
from surveys.actions import FieldResult, Outcome, Saved, save_and_evaluate
from surveys.forms import Typed, digest, sent_changes
from surveys.models import Assignment
from surveys.questionnaire import Question
from surveys.responses import Response
from surveys.views.loading import own_assignment
from surveys.views.marks import (
    calculated_text,
    question_messages,
    section_problems,
    table_totals,
    wrong_fields,
)
from surveys.views.saving import conflict, writers_of
from surveys.views.showing import typed
from surveys.views.steps import section_steps

SIGNED_OUT = "ログインの有効期限が切れました。"
UNREADABLE = "送信された内容を読み取れませんでした。"


@login_not_required
@require_http_methods(["GET", "POST"])
def answers(request: HttpRequest, assignment_id: int) -> JsonResponse:
    """Save changes field by field: 200 when all are stored, 409 when others wrote meanwhile.

    A GET gives a fresh token to a page whose sign-in was renewed elsewhere. A script can't
    follow a redirect to the sign-in page, so a signed-out request gets 401 here.
    """
    if not request.user.is_authenticated:
        return _refusal(SIGNED_OUT, HTTPStatus.UNAUTHORIZED)
    user = request.user
    if request.method == "GET":
        own_assignment(user, assignment_id)
        return JsonResponse({"token": get_token(request), "person": user.pk})
    try:
        return _save(request, assignment_id, user)
    except Refused as refusal:
        return _refusal(str(refusal), HTTPStatus.CONFLICT)
    except (ValueError, RecursionError, Assignment.DoesNotExist, PermissionDenied):
        own_assignment(user, assignment_id)  # 404 or 403 for those who don't answer it
        return _refusal(UNREADABLE, HTTPStatus.BAD_REQUEST)


def _save(request: HttpRequest, assignment_id: int, user: User) -> JsonResponse:
    """The rights are asked by the save itself, under its lock: once is enough for each answer."""
    section_id, changes = _read(request)
    given = {key: (change.raw, change.revision) for key, change in changes.items()}
    saved = save_and_evaluate(Assignment(pk=assignment_id), by=user, changes=given)
    return _answer(saved, section_id, changes, user)


def _refusal(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def _read(request: HttpRequest) -> tuple[str, dict[str, Typed]]:
    payload = json.loads(request.body)
    changes = sent_changes(payload)
    return str(payload.get("section", "")), changes


def _answer(saved: Saved, section_id: str, changes: Mapping[str, Typed], by: User) -> JsonResponse:
    response, results = saved.response, saved.results
    writers = writers_of(results.values())
    stale = any(result.outcome is Outcome.STALE for result in results.values())
    content = {
        "saved_at": f"{timezone.localtime():%H:%M}",
        "fields": {
            key: _field(response, key, result, changes[key], writers, by)
            for key, result in results.items()
        },
        "questions": _questions(response, section_id),
        "wrong": sorted(wrong_fields(response, with_blanks=False)),
        "problems": section_problems(response, section_id, with_blanks=False),
        "visible_fields": _visible_fields(response, section_id),
        "sections": section_steps(response, section_id, closed=saved.closed),
    }
    return JsonResponse(content, status=HTTPStatus.CONFLICT if stale else HTTPStatus.OK)


def _field(
    response: Response,
    key: str,
    result: FieldResult,
    change: Typed,
    writers: Mapping[int, User],
    by: User,
) -> dict[str, Any]:
    content: dict[str, Any] = {
        "outcome": result.outcome.value,
        "revision": result.revision,
        "message": result.message,
    }
    field = response.questionnaire.fields_by_key.get(key)
    if field is None:
        return content
    held = typed(field, result.value)
    content |= {"mark": digest(held), "value": held}
    if result.outcome is Outcome.STALE:
        content["conflict"] = asdict(conflict(field, result, change, writers, by))
    return content


def _questions(response: Response, section_id: str) -> dict[str, Any]:
    """What each question of the page's section shows now."""
    sections = response.questionnaire.sections
    questions = next((s.questions for s in sections if s.id == section_id), ())
    unconfirmed = frozenset(response.unconfirmed)
    return {question.id: _question(response, question, unconfirmed) for question in questions}


def _visible_fields(response: Response, section_id: str) -> list[str]:
    sections, visible = response.questionnaire.sections, response.evaluation.visible_fields
    questions = next((s.questions for s in sections if s.id == section_id), ())
    fields = (f for q in questions for f in response.questionnaire.fields_of(q.id))
    return [field.key for field in fields if field.key in visible]


def _question(
    response: Response, question: Question, unconfirmed: frozenset[str]
) -> dict[str, Any]:
    messages = question_messages(response, question, with_blanks=False)
    keys = {field.key for field in response.questionnaire.fields_of(question.id)}
    return {
        "visible": question.id in response.evaluation.visible_questions,
        "messages": [asdict(message) for message in messages],
        "calculated": calculated_text(response, question),
        "totals": asdict(table_totals(response, question)) if question.table else None,
        "carried": not keys.isdisjoint(unconfirmed),
    }
