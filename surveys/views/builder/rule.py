"""Writing a rule as a sentence that is picked, or as a formula."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onepublic.core.errors import Refused, Stale
from onepublic.core.requests import Request
from surveys.actions import mark_of
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
from surveys.views.builder.cards import parsed, rules_of
from surveys.views.builder.loading import drafters_revision, shown_state, subject_of
from surveys.views.builder.page import Said, answer
from surveys.views.builder.saving import OVERTAKEN, UNFINISHED, Typed, autosave, save

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
        """The rule, id apart; None when something on the page has to be mended first, and while
        only its rows come and go, for which the form is not read.
        """
        if not self.form.is_bound:
            return None
        valid = self.form.is_valid() or (self.view == FORMULA and not self._blocking())
        demand, when = self._demand(), self.when.condition()
        if demand is None or self.when.error or not valid:
            return None
        sent = self.form.cleaned_data
        content = {"level": sent["level"], "message": sent["message"], **demand}
        return content | ({"when": when} if when else {})

    @property
    def complaint(self) -> str:
        """What has to be mended first."""
        errors = (self.error, self.left.error, self.right.error, self.when.error)
        typed = (f"{self.form[name].label}：{told[0]}" for name, told in self.form.errors.items())
        return next((error for error in errors if error), "") or next(typed, UNFINISHED)

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
    held = _held(revision, rule_id)
    writing = _writing(request, revision, held)
    if request.method != "POST" or request.POST.get("list"):
        return _page(request, revision, held, writing)
    typed = _typed(request, rule_id, writing)
    if typed.step is None:
        return _page(request, revision, held, writing)
    try:
        done = save(request, revision, typed).done
    except Stale as refusal:
        revision.refresh_from_db()
        held = part_of(revision.document, "rule", rule_id)
        writing.error = f"{refusal}{OVERTAKEN}"
        return _page(request, revision, held, writing, theirs=_sentence(revision, rule_id))
    except Refused as refusal:
        writing.error = str(refusal)
        return _page(request, revision, held, writing)
    return answer(request, revision, Said(done.what, done.about))


@login_not_required
@require_http_methods(["GET", "POST"])
def rule_autosave(request: Request, survey_id: int, rule_id: str = "") -> JsonResponse:
    """The same while it is written, see :func:`autosave`; a new rule is then there."""

    def read(revision: QuestionnaireRevision) -> Typed:
        return _typed(request, rule_id, _writing(request, revision, _held(revision, rule_id)))

    return autosave(request, survey_id, read)


def _held(revision: QuestionnaireRevision, rule_id: str) -> Json | None:
    held = part_of(revision.document, "rule", rule_id) if rule_id else None
    if rule_id and held is None:
        raise Http404
    return held


def _typed(request: Request, rule_id: str, writing: Writing) -> Typed:
    content = writing.content() if request.method == "POST" else None
    step = _step(rule_id, content) if content is not None else None
    subject = subject_of(request, "rule", rule_id) if rule_id else None
    return Typed("rule", subject, step, writing.complaint)


def _sentence(revision: QuestionnaireRevision, rule_id: str) -> str:
    """The rule as it is now, in words."""
    cards = rules_of(revision.document, parsed(revision))
    return next((card.sentence for card in cards if card.rule["id"] == rule_id), "")


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
    request: Request,
    revision: QuestionnaireRevision,
    held: Json | None,
    writing: Writing,
    theirs: str | None = None,
) -> HttpResponse:
    """``theirs``: the rule as somebody else has left it, "" when it is gone."""
    context: dict[str, Any] = {
        "survey": revision.survey,
        "rule": held,
        "writing": writing,
        "form": writing.form,
        "touched": request.method == "POST",
        "theirs": theirs,
        **shown_state(request, revision, held),
    }
    if theirs is not None:
        now = {"mark": mark_of(held) if held else "", "seen": revision.edit}
        context |= {**now, "first": revision.edit}
    status = HTTPStatus.OK if theirs is None else HTTPStatus.CONFLICT
    return render(request, "surveys/builder/rule.html", context, status=status)
