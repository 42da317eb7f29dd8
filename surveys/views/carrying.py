"""The previous round beside this one: putting its values in, and what differs."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from onepublic.core.requests import Request
from surveys.actions import carry_over
from surveys.carrying import Difference, Round, differences, previous_round
from surveys.parts import section_of
from surveys.permissions import can_answer
from surveys.questionnaire import Field, Section, is_blank
from surveys.responses import Response
from surveys.views.loading import own_assignment, visible_response
from surveys.views.marks import input_id
from surveys.views.merged import Earlier, merged_answers, side_by_side
from surveys.views.showing import shown


@dataclass(frozen=True, slots=True)
class Line:
    """One field in both rounds, in words, with the id of its input."""

    label: str
    anchor: str
    now: str
    before: str
    change: str


@require_POST
def previous_values(request: Request, assignment_id: int) -> HttpResponse:
    """Put the last round's values into what is still blank."""
    assignment = own_assignment(request.user, assignment_id)
    count = carry_over(assignment, by=request.user)
    messages.success(
        request, f"前回の値を{count}項目に入れました。内容を確かめて、確定してください。"
    )
    return redirect("surveys:assignment", assignment_id)


@require_safe
def comparison(request: Request, assignment_id: int) -> HttpResponse:
    """The fields whose value is not that of the last round, or with ``?all`` every field."""
    response = visible_response(request.user, assignment_id)
    if response.merged:
        return _merged_page(request, response)
    earlier = earlier_round(response)
    found = list(differences(response, earlier)) if earlier else []
    chosen = [each for each in found if each.differs or "all" in request.GET]
    context = {
        "assignment": response.assignment,
        "survey": response.assignment.survey,
        "has_previous": earlier is not None,
        "sections": _by_section(response, chosen),
        "differing": sum(each.differs for each in found),
        "count": len(found),
        "all": "all" in request.GET,
        "can_answer": can_answer(request.user, response.assignment),
    }
    return render(request, "surveys/comparison.html", context)


def _merged_page(request: Request, response: Response) -> HttpResponse:
    """What each of the organizations that were merged had answered, and nothing compared."""
    context = {
        "assignment": response.assignment,
        "survey": response.assignment.survey,
        "merged": [before.name for before in response.merged],
        "sections": side_by_side(response),
        "can_answer": can_answer(request.user, response.assignment),
    }
    return render(request, "surveys/merged_comparison.html", context)


def earlier_round(response: Response) -> Round | None:
    """The previous round of a loaded response."""
    return previous_round(response.assignment, response.questionnaire, response.previous)


def blank_carryable(response: Response) -> int:
    """How many blank fields could take a value of the last round."""
    earlier = earlier_round(response)
    answers = response.answers
    keys = earlier.carryable if earlier else {}
    return sum(key not in answers or is_blank(answers[key].value) for key in keys)


def earlier_answers(response: Response, section: Section) -> dict[str, Earlier]:
    """By question of the section, where the last round has something to say of it."""
    if response.merged:
        return merged_answers(response, section)
    earlier = earlier_round(response)
    if earlier is None:
        return {}
    open_ones = set(response.unconfirmed)
    found: dict[str, Earlier] = {}
    for question in section.questions:
        fields = response.questionnaire.fields_of(question.id)
        count = sum(field.key in open_ones for field in fields)
        text = _before(earlier, fields[0]) if question.carry_over and len(fields) == 1 else ""
        if count or text:
            found[question.id] = Earlier(text, count)
    return found


def _before(earlier: Round, field: Field) -> str:
    return shown(field, earlier.values.get(field.key)) if field in earlier.fields else ""


def _by_section(response: Response, found: list[Difference]) -> list[tuple[Section, list[Line]]]:
    titles = {section.id: section for section in response.questionnaire.sections}
    grouped = groupby(found, lambda each: section_of(response.questionnaire, each.field.key))
    return [(titles[key], [_line(each) for each in group]) for key, group in grouped]


def _line(found: Difference) -> Line:
    return Line(
        label=found.field.label,
        anchor=input_id(found.field),
        now=shown(found.field, found.now),
        before=shown(found.field, found.before),
        change=_percent(found.change) if found.differs else "同じ",
    )


def _percent(change: Decimal | None) -> str:
    return "" if change is None else f"{100 * change:+,.1f}％"
