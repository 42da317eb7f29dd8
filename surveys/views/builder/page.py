"""The whole questionnaire with everything that can be done to it, and the steps of its buttons."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from onepublic.core.errors import Refused
from onepublic.core.requests import Request
from surveys.actions import apply_step, mark_of
from surveys.authoring import find_question
from surveys.forms.builder import GROUPS, QuestionForm
from surveys.models import QuestionnaireRevision
from surveys.permissions import is_drafter, is_writable
from surveys.views.builder.cards import parsed, rules_of, sections_of
from surveys.views.builder.loading import drafters_revision, seen_edit, shown_revision
from surveys.views.builder.opened import AT, RULES, changed_part, opened_part, page_address
from surveys.views.builder.verbs import HISTORY, START, STAYING, named_step

PAGE: Final = "surveys/builder/page.html"


@require_safe
def questionnaire(request: Request, survey_id: int) -> HttpResponse:
    """The questionnaire as cards by section."""
    revision = shown_revision(request, survey_id)
    return render(request, PAGE, builder_context(request, revision, request.GET.get(AT, "")))


@require_safe
def new_question(request: Request, survey_id: int) -> HttpResponse:
    """Choose the type of a question to add at a place, or of one that gets another type."""
    revision = drafters_revision(request, survey_id)
    context = {
        "revision": revision,
        "survey": revision.survey,
        "groups": GROUPS,
        "section": request.GET.get("section", ""),
        "after": request.GET.get("after", START),
        "retyped": request.GET.get("retyped", ""),
    }
    part = "#chooser" if request.htmx else ""
    return render(request, f"surveys/builder/new_question.html{part}", context)


@require_POST
def steps(request: Request, survey_id: int) -> HttpResponse:
    """Make the step that a button names: ``up q3``, ``add single s1 q2``, ``undo`` …"""
    revision = drafters_revision(request, survey_id)
    sent = request.POST.get("do", "")
    verb = sent.partition(" ")[0]
    try:
        said, about = _made(request, revision, sent)
    except Refused as refusal:
        return answer(request, revision, Said(str(refusal), is_refusal=True))
    if verb in {"add", "retype"} and not request.htmx:
        return redirect("surveys:question", survey_id, about)
    opened = about if verb in {"add", "retype"} else ""
    focus = f"{verb}-{about}" if verb in STAYING else f"edit-{about}" if about else sent
    return answer(request, revision, Said(said, about=about, opened=opened, focus=focus))


@dataclass(frozen=True, slots=True)
class Said:
    """What a step answers: the sentence, the part it was about, what is open for writing then,
    and the id of the control that has the focus.
    """

    text: str
    about: str = ""
    opened: str = ""
    focus: str = ""
    is_refusal: bool = False


def answer(request: Request, revision: QuestionnaireRevision, said: Said) -> HttpResponse:
    """The questionnaire as it is now: its part of the page for htmx, else by a redirect.

    ``revision`` is as it was before: what is different now stands open afterwards.
    """
    now = shown_revision(request, revision.survey_id)
    changed = changed_part(revision.document, now.document)
    wanted = (said.about, changed, request.POST.get(AT, ""))
    address = page_address(now, *wanted)
    page = urlsplit(address).path
    if not request.htmx or urlsplit(request.htmx.current_url_abs_path or page).path != page:
        tell = messages.warning if said.is_refusal else messages.success
        tell(request, said.text)
        if request.htmx:  # a form of a page of its own, which rows have brought by htmx
            return HttpResponseClientRedirect(address)
        return redirect(address)
    context = builder_context(request, now, *wanted) | {"said": said, "oob": True}
    if said.opened:
        context |= _opened(now, said.opened)
    response = render(request, f"{PAGE}#answer", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#builder", "outerHTML"
    if context["opened"]:
        response["HX-Replace-Url"] = address.partition("#")[0]
    return response


def builder_context(
    request: Request, revision: QuestionnaireRevision, *wanted: str
) -> dict[str, Any]:
    """What the page shows; of a large questionnaire the first of the ``wanted`` parts."""
    content = parsed(revision)
    document = revision.document
    opened = opened_part(document, *wanted)
    numbers = list(revision.edits.order_by("number").values_list("number", flat=True))
    writable = is_writable(revision) and is_drafter(request.user, revision.survey)
    return {
        "survey": revision.survey,
        "revision": revision,
        "opened": opened,
        "sections": sections_of(document, content, opened),
        "rules": rules_of(document, content) if opened in (None, RULES) else [],
        "rule_count": len(content.rules),
        "rules_open": opened in (None, RULES),
        "count": len(content.questions),
        "writable": writable,
        "can_undo": writable and any(number < revision.edit for number in numbers),
        "can_redo": writable and any(number > revision.edit for number in numbers),
    }


def _opened(revision: QuestionnaireRevision, question_id: str) -> dict[str, Any]:
    """The form that stands open in its card."""
    held = find_question(revision.document, question_id)[1]
    form = QuestionForm(question=held, document=revision.document)
    return {"opened_form": form, "opened_mark": mark_of(held)}


def _made(request: Request, revision: QuestionnaireRevision, sent: str) -> tuple[str, str]:
    """The sentence and the part of what was done."""
    edit = seen_edit(request)
    if sent in HISTORY:
        act, words = HISTORY[sent]
        undone = act(revision, by=request.user, edit=edit)
        return words.format(undone.removesuffix("。")), ""
    step, subject = named_step(sent)
    done = apply_step(revision, step, by=request.user, edit=edit, subject=subject).done
    return done.what, done.about
