"""Writing a rule as a sentence that is picked, or as a formula."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import Subject, apply_step, mark_of
from surveys.authoring import Json, Step, add_rule, all_questions, change_rule, part_of
from surveys.authoring.picking import subjects
from surveys.authoring.sides import amounts
from surveys.forms.builder import FORMULA, PICK, ConditionEditor, SideEditor
from surveys.forms.builder.rule import (
    CHANGE,
    COMPARE,
    TEXT,
    UNIQUE,
    RuleForm,
    columns_of,
    kind_of,
)
from surveys.models import QuestionnaireRevision
from surveys.questionnaire.formulas import FormulaError, read_rule, write_rule
from surveys.views.builder.loading import MARK, drafters_revision, seen_edit
from surveys.views.builder.page import Said, answer

_HUNDRED: Final = 100


@dataclass(slots=True)
class Writing:
    """Everything on the page of a rule, as it was sent or as it is held."""

    form: RuleForm
    left: SideEditor
    right: SideEditor
    when: ConditionEditor
    view: str
    pickable: bool
    text: str
    error: str = ""

    def content(self) -> Json | None:
        """The rule, id apart; None when something on the page has to be mended first."""
        valid = self.form.is_valid() or (self.view == FORMULA and not self._blocking())
        demand, when = self._demand(), self.when.condition()
        if demand is None or self.when.error or not valid:
            return None
        sent = self.form.cleaned_data
        content = {"level": sent["level"], "message": sent["message"], **demand}
        return content | ({"when": when} if when else {})

    def _blocking(self) -> bool:
        return bool({"level", "message"} & self.form.errors.keys())

    def _demand(self) -> Json | None:
        if self.view == FORMULA:
            try:
                return read_rule(self.text)
            except FormulaError as refusal:
                self.error = f"{refusal.position + 1}文字目：{refusal.message}"
                return None
        sent = self.form.cleaned_data
        if sent.get("kind") == UNIQUE:
            table, _, column = sent.get("columns", "").partition(" ")
            return {"unique": [table, [column]]}
        left = self.left.value()
        if sent.get("kind") == CHANGE:
            limit = (sent.get("percent") or 0) / _HUNDRED
            change = {"change_rate": left}
            return {"left": change, "op": "le", "right": {"const": limit}} if left else None
        right = self.right.value()
        return {"left": left, "op": sent.get("op"), "right": right} if left and right else None


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: Request, survey_id: int, rule_id: str = "") -> HttpResponse:
    """The page of a rule; without an id, of a new one."""
    revision = drafters_revision(request, survey_id)
    held = part_of(revision.document, "rule", rule_id) if rule_id else None
    if rule_id and held is None:
        raise Http404
    writing = _writing(request, revision, held)
    if request.method != "POST" or request.POST.get("list"):
        return _page(request, revision, held, writing)
    content = writing.content()
    if content is None:
        return _page(request, revision, held, writing)
    try:
        applied = apply_step(
            revision,
            _step(rule_id, content),
            by=request.user,
            edit=seen_edit(request) if rule_id else revision.edit,
            subject=Subject("rule", rule_id, request.POST.get(MARK, "")) if rule_id else None,
        )
    except Refused as refusal:
        writing.error = str(refusal)
        return _page(request, revision, held, writing)
    return answer(request, revision, Said(applied.done.what, applied.done.about))


def _step(rule_id: str, content: Json) -> Step:
    if rule_id:
        return partial(change_rule, rule_id=rule_id, content=content)
    return partial(add_rule, content=content)


def _writing(request: Request, revision: QuestionnaireRevision, held: Json | None) -> Writing:
    questions = list(all_questions(revision.document))
    post = request.POST if request.method == "POST" else None
    act = request.POST.get("list", "")
    kind = kind_of(held) if held else COMPARE
    sides = held or {}
    left = sides.get("left", {}).get("change_rate") if kind == CHANGE else sides.get("left")
    among = amounts(questions)
    editors = [
        SideEditor("left", left, among, post=post),
        SideEditor("right", None if kind == CHANGE else sides.get("right"), among, post=post),
    ]
    pickable = kind != TEXT and all(editor.pickable for editor in editors)
    view = request.POST.get("view") or request.GET.get("view", PICK)
    when = ConditionEditor(sides.get("when"), subjects(questions), post=post, act=act)
    sent = post if not act else None
    form = RuleForm(sent, held=held, columns=columns_of(questions))
    if act and post is not None:
        form.initial = {**form.initial, **{name: post[name] for name in post}}
    return Writing(
        form,
        editors[0],
        editors[1],
        when,
        view if pickable else FORMULA,
        pickable,
        request.POST.get("text") or _text(held),
    )


def _text(held: Json | None) -> str:
    try:
        return write_rule(held) if held else ""
    except FormulaError:
        return ""


def _page(
    request: Request, revision: QuestionnaireRevision, held: Json | None, writing: Writing
) -> HttpResponse:
    context: dict[str, Any] = {
        "survey": revision.survey,
        "rule": held,
        "writing": writing,
        "form": writing.form,
        "seen": revision.edit,
        "mark": mark_of(held) if held else "",
    }
    return render(request, "surveys/builder/rule.html", context)
