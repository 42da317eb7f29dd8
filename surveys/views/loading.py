"""Loading what an address names, as far as the person may see it."""

from collections.abc import Iterable

from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.models import User
from onepublic.core.errors import demand
from onepublic.files.models import StoredFile
from surveys.models import Assignment, PrefectureRound, ProxyEntry, SectionWork
from surveys.permissions import may_answer
from surveys.questionnaire import Question, QuestionType, Section
from surveys.responses import Response, load_response


def visible_assignment(user: User, assignment_id: int) -> Assignment:
    """The assignment, or 404 when the person may not see its answers."""
    rows = Assignment.objects.visible_to(user).with_survey()
    return get_object_or_404(rows, pk=assignment_id)


def own_assignment(user: User, assignment_id: int) -> Assignment:
    """The assignment, 404 when unseen and 403 when the person may not write its answers."""
    assignment = visible_assignment(user, assignment_id)
    demand(may_answer(user, assignment))
    return assignment


def successor_address(user: User, assignment: Assignment) -> str:
    """The page of the response that has taken this one's place; blank where there is none, and
    for who may not see it. No query unless there is one.
    """
    key = assignment.succeeded_by_id
    if key is None or not Assignment.objects.visible_to(user).filter(pk=key).exists():
        return ""
    return reverse("surveys:assignment", args=[key])


def visible_response(user: User, assignment_id: int) -> Response:
    """The response, or 404 when the person may not see it."""
    return load_response(visible_assignment(user, assignment_id))


def proxy_in_force(assignment: Assignment) -> ProxyEntry | None:
    """The consent under which a prefecture writes the response now, if any; one query."""
    return assignment.proxy_entries.in_force().select_related("prefecture", "begun_by").first()


def round_for(assignment: Assignment) -> PrefectureRound | None:
    """What the organization's prefecture says of the survey, if anything; one query."""
    rounds = PrefectureRound.objects.in_force().filter(
        survey=assignment.survey_id, prefecture=assignment.organization.prefecture_id
    )
    return rounds.select_related("prefecture").first()


def works_of(assignment: Assignment) -> dict[str, SectionWork]:
    """Who works on which section, as far as it was handed over or marked; one query."""
    works = assignment.section_works.select_related("division__parent", "handed_by", "done_by")
    return {work.section_id: work for work in works}


def visible_sections(response: Response) -> list[Section]:
    """The sections that this organization is asked, in order."""
    return [
        section
        for section in response.questionnaire.sections
        if section.id in response.evaluation.visible_sections
    ]


def attached_files(response: Response, questions: Iterable[Question]) -> dict[str, StoredFile]:
    """The files that answer one of the questions, by id: one query, none without files."""
    asked = (q.id for q in questions if q.type is QuestionType.FILE)
    held = (response.answers[key].value for key in asked if key in response.answers)
    ids = {part for value in held if isinstance(value, list) for part in value}
    return {str(pk): stored for pk, stored in StoredFile.objects.in_bulk(ids).items()}
